// Lists of the API count what the user may not see, and leave it out.  The editor's store takes such a list for one that
// has not wholly arrived yet, and shows nothing of it: here its total is what there is up to and with its page.
import apiFetch from '@wordpress/api-fetch';

const TOTAL = 'X-WP-Total';

export function countWhatIsShown() {
	apiFetch.use( async ( options, next ) => {
		const answer = await next( options );
		if ( options.parse !== false || ! ( answer instanceof Response ) || ! answer.headers.has( TOTAL ) ) {
			return answer;
		}
		const asked = new URL( options.path ?? options.url ?? '', document.baseURI ).searchParams;
		const before = ( Number( asked.get( 'page' ) ?? 1 ) - 1 ) * Number( asked.get( 'per_page' ) ?? 10 );
		const items = await answer.clone().json();
		const rest = Number( answer.headers.get( TOTAL ) ) - before;
		if ( items.length >= Math.min( rest, Number( asked.get( 'per_page' ) ?? 10 ) ) ) {
			return answer;
		}
		const headers = new Headers( answer.headers );
		headers.set( TOTAL, before + items.length );
		return new Response( JSON.stringify( items ), { status: answer.status, headers } );
	} );
}
