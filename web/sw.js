// The service worker: shows what is pushed while no page is open, and opens what it is about. It answers no requests.

const INBOX = '/inbox.html';

self.addEventListener('push', event => {
  const {title = 'Gavel', body, link, tag} = told(event.data);
  // The tag is the notice: one that is delivered again takes the place of itself.
  event.waitUntil(self.registration.showNotification(title, {body, tag, data: {link}}));
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(show(addressOf(event.notification.data?.link)));
});

/** A browser demands that every push is shown, so one that cannot be read is shown too. */
function told(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

/** The address of a page of this site; the inbox in place of any other. */
function addressOf(link) {
  const {origin} = self.location;
  try {
    const address = new URL(link ?? INBOX, origin);
    if (address.origin === origin) return address.href;
  } catch {
    // No address at all.
  }
  return origin + INBOX;
}

async function show(address) {
  const pages = await self.clients.matchAll({type: 'window', includeUncontrolled: true});
  const there = pages.find(({url}) => url === address);
  return there ? there.focus() : self.clients.openWindow(address);
}
