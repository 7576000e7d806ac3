import * as z from "zod";
import { type FileType, fileType, officeTypes } from "../case/views/attachment-view.ts";
import { say } from "../language.ts";
import { line } from "../text/writing.ts";

/** What phones and offices call the types that we take, each with our name for it. */
const names: Readonly<Record<FileType, string>> = {
  "image/jpeg": "image/jpg image/jpe image/jfif image/pjpeg image/x-jpeg image/x-citrix-jpeg",
  "image/png": "image/x-png image/apng image/x-citrix-png",
  "image/webp": "image/x-webp",
  "image/heic": "image/heif image/heic-sequence image/heif-sequence image/x-heic image/x-heif",
  "application/pdf": "application/x-pdf application/acrobat text/pdf text/x-pdf",
  "video/mp4":
    "video/x-m4v video/m4v video/x-mp4 video/mpeg4 video/3gpp video/3gpp2 video/3gp video/3g2 application/mp4",
  "video/quicktime": "video/mov video/x-quicktime image/mov",
  "audio/mp4":
    "audio/x-m4a audio/m4a audio/mp4a-latm audio/x-mp4 audio/m4b audio/x-m4b audio/3gpp audio/3gpp2 audio/3gp audio/aac audio/x-aac audio/aacp",
  "audio/mpeg": "audio/mp3 audio/x-mp3 audio/mpeg3 audio/x-mpeg-3 audio/x-mpeg audio/mpg audio/x-mpg",
  "audio/ogg": "application/ogg application/x-ogg audio/opus audio/x-opus audio/x-ogg audio/oga video/ogg",
  "audio/webm": "video/webm",
  "audio/amr": "audio/x-amr audio/amr-nb audio/amr-wb",
  [officeTypes[0]]: "application/docx application/x-docx application/wps-office.docx",
  [officeTypes[1]]: "application/xlsx application/x-xlsx application/wps-office.xlsx",
  // Browsers call a file so whose program they do not know, and some call a document by the program that opens it.
  "application/octet-stream":
    "binary/octet-stream application/binary application/unknown application/x-unknown application/force-download application/x-download application/zip application/x-zip-compressed application/msword application/vnd.ms-excel application/kswps application/kset application/x-zip multipart/x-zip application/download content/unknown */* image/* video/* audio/* application/*",
};
const known = new Map<string, FileType>(
  fileType.options.flatMap((type) => [type, ...names[type].split(" ")].map((name) => [name, type] as const)),
);
const unknown = "application/octet-stream";
/** Some apps know no type, and some send the end of a file's name for it. */
const saysNothing =
  /^(?:|null|undefined|\.?(?:jpe?g|png|webp|hei[cf]|pdf|mp4|mov|3gp|m4a|mp3|ogg|oga|opus|webm|amr|docx|xlsx))$/;

/** Our name for what somebody calls the type of a file; undefined where we take no such file. */
const typeCalled = (called: string): FileType | undefined => {
  const [name = ""] = called
    .toLowerCase()
    .replace(/["'\s]/g, "")
    .split(/[;,]/, 1);
  return saysNothing.test(name) ? unknown : known.get(name);
};

/**
 * The type of a file as its sender says it. Phones leave it out, and call one thing by many names. It only stops early what we never
 * take: what a file is goes by its content.
 */
const announcedType = z
  .string()
  .max(200)
  .nullish()
  .transform((called, context): FileType => {
    const type = typeCalled(called ?? "");
    if (type !== undefined) return type;
    context.addIssue({
      code: "custom",
      ...say(
        "Kami menerima foto (JPEG, PNG, WebP, HEIC), PDF, video (MP4, MOV, 3GP), rekaman suara (M4A, MP3, OGG, WebM, AMR), serta Word (.docx) dan Excel (.xlsx) tanpa makro. Simpan berkasnya sebagai salah satunya.",
        "We take photos (JPEG, PNG, WebP, HEIC), PDF, films (MP4, MOV, 3GP), sound (M4A, MP3, OGG, WebM, AMR), and Word (.docx) and Excel (.xlsx) without macros. Save the file as one of these.",
      ),
    });
    return z.NEVER;
  })
  .describe(
    "Jenis berkas seperti kata perangkat Anda; boleh kosong. Yang menentukan adalah isinya. / The type of the file as your device calls it; it may be left out. What the file is goes by its content. Photos, PDF, films, sound, .docx, .xlsx.",
  );

/** What a person announces before they upload a file. */
export const attaching = z.strictObject({
  name: line(120).refine(
    (name) => !/[/\\]/.test(name),
    say("Tulis nama berkasnya saja, tanpa folder.", "Give the name of the file only, without folders."),
  ),
  type: announcedType,
  size: z.int().min(1),
});
