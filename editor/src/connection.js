// Whether the server can be reached: a notice while it cannot, gone when it can.
import { dispatch, select } from '@wordpress/data';
import { store as editorStore } from '@wordpress/editor';
import { __ } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';

const NOTICE = 'wirepress-connection';
const PROBE_EVERY = 10000;

let isLost = false;

/** Whether a failed request never got an answer; these are the codes of api-fetch. */
export function isUnreachable( error ) {
	return error?.code === 'offline_error' || error?.code === 'fetch_error';
}

/** Says so, once; `reaches` is asked until it is true. */
export function connectionLost( reaches ) {
	if ( isLost ) {
		return;
	}
	isLost = true;
	dispatch( noticesStore ).createWarningNotice(
		__( 'The connection is lost. What you write is kept in this tab; save it when the connection is back.', 'wirepress' ),
		{ id: NOTICE, isDismissible: false }
	);
	// The editor keeps a copy in the browser after each change; one more at once, for what was typed just now.
	const { getCurrentPostId, isEditedPostDirty } = select( editorStore );
	if ( getCurrentPostId() && isEditedPostDirty() ) {
		dispatch( editorStore ).autosave( { local: true } );
	}
	const probe = async () => {
		if ( isLost && ( await reaches() ) ) {
			connectionBack();
		}
		if ( isLost ) {
			setTimeout( probe, PROBE_EVERY );
		}
	};
	setTimeout( probe, PROBE_EVERY );
	window.addEventListener( 'online', probe, { once: true } );
}

export function connectionBack() {
	if ( isLost ) {
		isLost = false;
		dispatch( noticesStore ).removeNotice( NOTICE );
	}
}
