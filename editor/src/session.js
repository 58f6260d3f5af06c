// What happens when the login has ended while somebody writes: a dialogue over the editor asks to log in again, and the
// requests that failed are sent once more afterwards.
import apiFetch from '@wordpress/api-fetch';
import { Button, ExternalLink, Modal } from '@wordpress/components';
import { dispatch } from '@wordpress/data';
import { createRoot, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';
import { addQueryArgs } from '@wordpress/url';
import { connectionBack, connectionLost, isUnreachable } from './connection.js';

const NOTICE = 'wirepress-session';

let login = null; // a promise while the dialogue is open: true after a login, false when it was closed without one
let wasClosed = false; // closed without a login: a notice stands in for the dialogue

export function keepSession( { loginUrl, nonceEndpoint } ) {
	const renew = () => renewNonce( nonceEndpoint );
	const reaches = () => fetch( nonceEndpoint, { method: 'HEAD' } ).then( () => true, () => false );

	const askForLogin = () => {
		login ??= openDialogue( loginUrl, renew ).then( ( loggedIn ) => {
			login = null;
			wasClosed = ! loggedIn;
			if ( wasClosed ) {
				remind( askForLogin );
			}
			return loggedIn;
		} );
		return login;
	};

	apiFetch.use( async ( options, next ) => {
		try {
			const answer = await next( options );
			connectionBack();
			return answer;
		} catch ( error ) {
			if ( isUnreachable( error ) ) {
				connectionLost( reaches );
				throw error;
			}
			connectionBack();
			if ( ! ( await saysLoggedOut( error ) ) ) {
				throw error;
			}
			// Often it is the nonce alone that has expired.
			const renewed = await renew().catch( () => false );
			if ( ! renewed && ( wasClosed || ! ( await askForLogin() ) ) ) {
				throw error;
			}
			return next( options );
		}
	} );
}

/** With cookies that hold no more, WordPress's API calls the nonce invalid; without any it answers 401. */
async function saysLoggedOut( error ) {
	// Requests that want the whole response fail with it.
	const problem = error instanceof Response ? await error.clone().json().catch( () => null ) : error;
	const status = error instanceof Response ? error.status : problem?.data?.status;
	return status === 401 || problem?.code === 'rest_cookie_invalid_nonce';
}

/** Whether there is a login; if so, requests carry its nonce from now on. */
async function renewNonce( nonceEndpoint ) {
	const response = await fetch( nonceEndpoint, { credentials: 'same-origin', cache: 'no-store' } );
	if ( ! response.ok ) {
		return false;
	}
	apiFetch.nonceMiddleware.nonce = ( await response.text() ).trim();
	wasClosed = false;
	dispatch( noticesStore ).removeNotice( NOTICE );
	return true;
}

/** What is left of the dialogue once it was closed without a login. */
function remind( askForLogin ) {
	dispatch( noticesStore ).createErrorNotice(
		__( 'You are logged out. Nothing can be saved until you log in again.', 'wirepress' ),
		{
			id: NOTICE,
			isDismissible: false,
			actions: [ { label: __( 'Log in', 'wirepress' ), onClick: askForLogin } ],
		}
	);
}

function openDialogue( loginUrl, renew ) {
	const place = document.body.appendChild( document.createElement( 'div' ) );
	const root = createRoot( place );
	return new Promise( ( resolve ) => {
		const close = ( loggedIn ) => {
			root.unmount();
			place.remove();
			resolve( loggedIn );
		};
		root.render( <LoginDialogue loginUrl={ loginUrl } renew={ renew } close={ close } /> );
	} );
}

function LoginDialogue( { loginUrl, renew, close } ) {
	const [ isMissing, setMissing ] = useState( false );

	// The page in the frame loads again with each attempt; the server knows best whether one has succeeded.
	const look = async () => {
		const loggedIn = await renew().catch( () => false );
		if ( loggedIn ) {
			close( true );
		}
		return loggedIn;
	};

	return (
		<Modal
			title={ __( 'Your login has ended', 'wirepress' ) }
			className="wirepress-login"
			onRequestClose={ () => close( false ) }
			shouldCloseOnClickOutside={ false }
		>
			<p>
				{ __( 'Log in again and go on where you were. What you have written is still here.', 'wirepress' ) }
			</p>
			<iframe
				className="wirepress-login__frame"
				title={ __( 'Log in', 'wirepress' ) }
				src={ addQueryArgs( loginUrl, { 'interim-login': 1 } ) }
				onLoad={ look }
			/>
			<div className="wirepress-login__other">
				<ExternalLink href={ loginUrl }>{ __( 'Log in in another tab', 'wirepress' ) }</ExternalLink>
				<Button
					__next40pxDefaultSize
					variant="secondary"
					onClick={ async () => setMissing( ! ( await look() ) ) }
				>
					{ __( 'I have logged in', 'wirepress' ) }
				</Button>
			</div>
			{ isMissing && <p role="alert">{ __( 'The server does not know of a login yet.', 'wirepress' ) }</p> }
		</Modal>
	);
}
