/** The addresses of all static files. infra/bundling/static-files.ts puts them here. */
declare const STATIC_FILE_LIST: readonly string[];
/** It changes with any static file. */
declare const STATIC_FILE_VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const cacheName = `aset-${STATIC_FILE_VERSION}`;

/** Keeps the static files on the phone. They never change: a changed file has another address. */
worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([...STATIC_FILE_LIST])));
});

worker.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => names.filter((name) => name !== cacheName));
  event.waitUntil(old.then((names) => Promise.all(names.map((name) => caches.delete(name)))));
});

worker.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (origin !== worker.location.origin || !STATIC_FILE_LIST.includes(pathname)) return;
  event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
});
