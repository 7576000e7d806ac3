const longestSide = 2_560;
const quality = 0.85;
const shrinkable = new Set(["image/jpeg", "image/png", "image/webp"]);

const jpegOf = (canvas: HTMLCanvasElement): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));

/**
 * A photo of at most 2,560 pixels a side as JPEG, without what the camera wrote into it. The file itself where that is no
 * smaller, or where the browser cannot decode it (HEIC, say).
 */
export async function smallerPhoto(file: File): Promise<File> {
  if (!shrinkable.has(file.type) || typeof createImageBitmap !== "function") return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const brush = canvas.getContext("2d");
    if (!brush) return file;
    // JPEG knows no transparency, and would make it black.
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const jpeg = await jpegOf(canvas);
    // A phone has little memory: the pixels go at once.
    canvas.width = 0;
    if (!jpeg || jpeg.size >= file.size) return file;
    return new File([jpeg], file.name.replace(/(\.[^.]*)?$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    return file;
  }
}
