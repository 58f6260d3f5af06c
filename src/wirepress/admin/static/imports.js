// Sends a database in pieces, whatever its size: what was sent stays when the connection is lost for a while.
'use strict';

( () => {
	const form = document.querySelector( '.import-upload' );
	if ( ! form ) {
		return;
	}
	const { piece, limit } = form.dataset;
	const say = ( name, words = {} ) =>
		form.dataset[ 'say' + name[ 0 ].toUpperCase() + name.slice( 1 ) ].replace( /\{(\w+)\}/g, ( _, word ) => words[ word ] ?? '' );
	const field = form.elements.file;
	const button = form.querySelector( 'button.primary' );
	const stop = form.querySelector( '.import-stop' );
	const sending = form.querySelector( '.import-sending' );
	const bar = sending.querySelector( 'progress' );
	const told = sending.querySelector( '[role="status"]' );
	let ending = null; // ends the request that is under way
	let stopped = false;

	const pause = ( seconds ) => new Promise( ( done ) => setTimeout( done, seconds * 1000 ) );
	const guard = ( event ) => event.preventDefault();

	function tell( text ) {
		told.textContent = text;
	}

	function begin( on ) {
		sending.hidden = false;
		button.disabled = on;
		field.disabled = on;
		stop.hidden = ! on;
		bar.hidden = ! on;
		window[ on ? 'addEventListener' : 'removeEventListener' ]( 'beforeunload', guard );
	}

	// One piece; gives the server's answer, or null where there was none.
	async function send( file, key, offset ) {
		const body = new FormData();
		body.append( '_wpnonce', form.elements._wpnonce.value );
		body.append( 'action', 'piece' );
		body.append( 'key', key );
		body.append( 'offset', offset );
		body.append( 'size', file.size );
		body.append( 'piece', file.slice( offset, offset + Number( piece ) ), 'piece' );
		ending = new AbortController();
		try {
			const answer = await fetch( form.getAttribute( 'action' ), { method: 'POST', body, signal: ending.signal, redirect: 'manual' } );
			if ( answer.type === 'opaqueredirect' ) {
				return { error: say( 'ended' ) };
			}
			if ( answer.status >= 500 ) {
				return null;
			}
			const kind = answer.headers.get( 'content-type' ) ?? '';
			return kind.includes( 'json' ) ? await answer.json() : { error: say( 'failed' ) };
		} catch ( error ) {
			return error.name === 'AbortError' ? { error: '' } : null;
		}
	}

	async function all( file ) {
		let key = '';
		let received = 0;
		let wait = 1;
		while ( received < file.size ) {
			tell( say( 'sending', { percent: Math.floor( ( 100 * received ) / file.size ) } ) );
			bar.value = received / file.size;
			const answer = await send( file, key, received );
			if ( answer === null ) {
				tell( say( 'lost' ) );
				await pause( wait );
				if ( stopped ) {
					throw new Error( '' );
				}
				wait = Math.min( 30, wait * 2 );
			} else if ( answer.received !== undefined ) {
				key = answer.key ?? key;
				received = answer.received;
				wait = 1;
			} else {
				throw new Error( answer.error );
			}
		}
		return key;
	}

	function hidden( name, value ) {
		const made = document.createElement( 'input' );
		made.type = 'hidden';
		made.name = name;
		made.value = value;
		form.append( made );
	}

	stop.addEventListener( 'click', () => {
		stopped = true;
		ending?.abort();
	} );
	form.addEventListener( 'submit', async ( event ) => {
		const file = field.files[ 0 ];
		if ( ! file ) {
			return;
		}
		event.preventDefault();
		const flaw = ! file.size ? say( 'empty' ) : file.size > Number( limit ) ? say( 'large' ) : '';
		if ( flaw ) {
			sending.hidden = false;
			bar.hidden = true;
			tell( flaw );
			return;
		}
		stopped = false;
		begin( true );
		try {
			const key = await all( file );
			window.removeEventListener( 'beforeunload', guard );
			bar.value = 1;
			tell( say( 'sent' ) );
			hidden( 'key', key );
			hidden( 'name', file.name );
			hidden( 'action', 'upload' );
			form.submit(); // without the file: its field is disabled
		} catch ( error ) {
			begin( false );
			tell( error.message );
		}
	} );
} )();
