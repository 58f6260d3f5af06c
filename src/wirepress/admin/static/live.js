// Parts of a page that follow what goes on: `data-events` names where their events come from.  They are connected when
// htmx has begun and knows its extension: deferred scripts may come later than htmx begins.
'use strict';

// What else on the page tells of what went on, as it is now that this has ended.
async function follow() {
	const answer = await fetch( window.location.href );
	if ( ! answer.ok ) {
		return;
	}
	const page = new DOMParser().parseFromString( await answer.text(), 'text/html' );
	document.querySelectorAll( '[data-follows]' ).forEach( ( part ) => {
		const now = page.getElementById( part.id );
		if ( now ) {
			part.replaceWith( now );
		}
	} );
}

window.addEventListener( 'load', () =>
	setTimeout( () =>
		document.querySelectorAll( '[data-events]' ).forEach( ( part ) => {
			part.setAttribute( 'hx-sse:connect', part.dataset.events );
			// There is no more, though it was still going on: whoever looks is somebody else now, or nobody.
			part.addEventListener( 'ended', () => part.querySelector( '[data-open]' ) ? window.location.reload() : follow() );
			htmx.process( part );
		} )
	)
);
