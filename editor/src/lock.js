// Who edits the post: asks the server every few seconds, and lets the editor's own dialogue say that somebody else does.
//
// In WordPress this is what the script "heartbeat" is for.  The editor takes part in it by two actions: in
// `heartbeat.send` it writes what it wants to ask (nothing while somebody else has the post), by `heartbeat.tick` it
// hears the answer.  Giving the lock back when the page is left is the editor's own, too: a beacon to
// `settings.postLockUtils.ajaxUrl`.
import apiFetch from '@wordpress/api-fetch';
import { doAction } from '@wordpress/hooks';

const EVERY = 12000;
const KEY = 'wp-refresh-post-lock';

export function keepLock( { heartbeat } ) {
	let next = 0;
	const beat = async () => {
		clearTimeout( next );
		const asked = {};
		doAction( 'heartbeat.send', asked );
		if ( asked[ KEY ] ) {
			try {
				const answer = await ask( heartbeat, asked[ KEY ] );
				doAction( 'heartbeat.tick', { [ KEY ]: told( answer ) } );
			} catch {
				// A lost connection or an ended session shows itself (session.js); the lock is asked for again next time.
			}
		}
		clearTimeout( next );
		next = setTimeout( beat, EVERY );
	};
	next = setTimeout( beat, EVERY );

	// A save that is refused because somebody else has the post by now: the dialogue says so at once.
	apiFetch.use( ( options, go ) =>
		go( options ).catch( ( error ) => {
			if ( error?.code === 'rest_post_locked' ) {
				beat();
			}
			throw error;
		} )
	);
}

async function ask( url, { post_id: post, lock } ) {
	const answer = await apiFetch( { url, method: 'POST', data: { post: Number( post ), lock: lock ?? null } } );
	if ( answer.nonce ) {
		apiFetch.nonceMiddleware.nonce = answer.nonce;
	}
	return answer;
}

/** The server's answer in the editor's words. */
function told( { lock, holder, taken_over: takenOver } ) {
	if ( lock && ! takenOver ) {
		return { new_lock: lock };
	}
	return { lock_error: { name: holder?.name ?? '', avatar_src_2x: holder?.avatar ?? '' } };
}
