// Where the server is: beside the page, below whatever context path. /x/ and /x/index.html both give /x/chat and /x/api/.

export function chatUrl(pageUrl) {
  const url = beside(pageUrl, 'chat');
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

export function apiUrl(pageUrl, path) {
  return beside(pageUrl, `api/${path}`).href;
}

/** What two Parleys of one origin differ in. */
export function scopeOf(pageUrl) {
  return beside(pageUrl, '.').pathname;
}

/** Neither the query of the page nor its fragment comes along. */
function beside(pageUrl, path) {
  return new URL(path, pageUrl);
}
