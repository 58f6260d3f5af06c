// Sends files to the library: a queue, two requests at once, each with its progress; and copies addresses.
'use strict';

( () => {
	const AT_ONCE = 2;
	const ROWS = 40; // how many files that wait are shown; the others are only counted
	const KEPT = 20; // how many that are done stay to be seen
	const MANNERED = /^[^.]*$|\.([^.]+)$/;

	const place = document.getElementById( 'uploads' );

	document.querySelectorAll( '[data-copy]' ).forEach( ( button ) => {
		const field = document.getElementById( button.dataset.copy );
		const words = button.textContent;
		button.hidden = false;
		button.addEventListener( 'click', async () => {
			field.select();
			try {
				await navigator.clipboard.writeText( field.value );
			} catch {
				document.execCommand( 'copy' ); // where a page is not served over TLS
			}
			button.textContent = button.dataset.copied;
			window.setTimeout( () => ( button.textContent = words ), 2000 );
		} );
	} );

	// A picture whose file is gone gives way to the sign of its kind.
	function unseen( image ) {
		const sign = document.createElement( 'span' );
		sign.className = 'icon icon-file icon-file-image';
		sign.setAttribute( 'aria-hidden', 'true' );
		image.replaceWith( sign );
	}
	const small = '.tile-picture img, .file-picture img';
	document.addEventListener( 'error', ( event ) => event.target.matches?.( small ) && unseen( event.target ), true );
	document.querySelectorAll( small ).forEach( ( image ) => image.complete && ! image.naturalWidth && image.currentSrc && unseen( image ) );

	if ( ! place ) {
		return;
	}
	const { route, renew, item, limit, types } = place.dataset;
	const allowed = new Set( types.split( ' ' ) );
	const part = ( name ) => place.querySelector( `.uploads-${ name }` );
	const say = ( name, words = {} ) => {
		const text = place.dataset[ 'say' + name[ 0 ].toUpperCase() + name.slice( 1 ) ];
		return text.replace( /\{(\w+)\}/g, ( _, word ) => words[ word ] ?? '' );
	};

	let nonce = place.dataset.nonce;
	let renewing = null; // two requests that fail together fetch one new nonce
	let paused = '';
	let files = 0; // since the list was empty
	let added = 0;
	let fresh = false; // something was added that the library does not show yet
	const waiting = []; // entries in order; `next` is the first that is not begun
	let next = 0;
	const active = new Set();
	const failed = new Set();
	const shown = []; // rows of what is done, oldest first
	let ahead = 0; // the first entry that waits and has no row

	// ---- rows

	function rowOf( entry ) {
		if ( entry.row ) {
			return entry.row;
		}
		const row = document.createElement( 'li' );
		entry.name = document.createElement( 'bdi' );
		entry.name.className = 'uploads-name';
		entry.name.textContent = entry.file.name;
		entry.button = document.createElement( 'button' );
		entry.button.type = 'button';
		entry.button.className = 'link';
		entry.button.addEventListener( 'click', () => ( entry.state === 'failed' ? retry( [ entry ] ) : cancel( entry ) ) );
		entry.bar = document.createElement( 'progress' );
		entry.bar.max = 1;
		entry.bar.value = 0;
		entry.bar.setAttribute( 'aria-label', entry.file.name );
		entry.told = document.createElement( 'span' );
		entry.told.className = 'uploads-state';
		row.append( entry.name, entry.button, entry.bar, entry.told );
		part( 'list' ).append( row );
		entry.row = row;
		return row;
	}

	function tell( entry, text ) {
		const row = rowOf( entry );
		row.className = `is-${ entry.state }`;
		entry.told.textContent = text;
		entry.bar.hidden = entry.state !== 'sending';
		entry.button.hidden = entry.state === 'done' || entry.final === true;
		const verb = say( entry.state === 'failed' ? 'retry' : 'cancel' );
		entry.button.textContent = verb;
		entry.button.setAttribute( 'aria-label', `${ verb }: ${ entry.file.name }` );
	}

	function fill() {
		ahead = Math.max( ahead, next );
		while ( ahead < waiting.length && ahead < next + ROWS ) {
			const entry = waiting[ ahead++ ];
			if ( entry.state === 'waiting' ) {
				tell( entry, say( 'waiting' ) );
			}
		}
	}

	function summary() {
		const words = { done: added, all: files, failed: failed.size };
		const left = waiting.length - next + active.size;
		part( 'told' ).textContent = say( 'progress', words );
		part( 'all' ).value = files ? ( added + failed.size ) / files : 0;
		part( 'all' ).hidden = ! left;
		part( 'retry' ).hidden = ! [ ...failed ].some( ( entry ) => ! entry.final );
		part( 'stop' ).hidden = next >= waiting.length;
		part( 'close' ).hidden = left > 0;
		place.hidden = false;
	}

	// ---- the queue

	function add( found ) {
		for ( const { file, folder } of found ) {
			files++;
			const entry = { file, state: 'waiting' };
			const flaw = folder ? say( 'folder' ) : flawOf( file );
			if ( flaw ) {
				entry.final = true;
				fail( entry, flaw );
			} else {
				waiting.push( entry );
			}
		}
		fill();
		run();
	}

	// What can be seen before anything is sent.
	function flawOf( file ) {
		const ending = MANNERED.exec( file.name )?.[ 1 ]?.toLowerCase() ?? '';
		if ( ! allowed.has( ending ) ) {
			return say( 'type' );
		}
		if ( ! file.size ) {
			return say( 'empty' );
		}
		return file.size > Number( limit ) ? say( 'large' ) : '';
	}

	function run() {
		while ( ! paused && active.size < AT_ONCE && next < waiting.length ) {
			const entry = waiting[ next++ ];
			if ( entry.state === 'waiting' ) {
				send( entry );
			}
		}
		if ( next >= waiting.length ) {
			waiting.length = next = ahead = 0;
		}
		fill();
		summary();
		if ( ! active.size && ! waiting.length && fresh ) {
			fresh = false;
			refresh();
		}
	}

	function again( entry ) {
		entry.state = 'waiting';
		waiting.splice( next, 0, entry );
		tell( entry, say( 'waiting' ) );
		ahead++;
	}

	function retry( entries ) {
		for ( const entry of entries ) {
			if ( ! entry.final ) {
				failed.delete( entry );
				entry.state = 'waiting';
				waiting.push( entry );
				tell( entry, say( 'waiting' ) );
			}
		}
		proceed();
	}

	function cancel( entry ) {
		entry.final = true;
		entry.request?.abort();
		active.delete( entry );
		const at = waiting.indexOf( entry, next );
		if ( at >= 0 ) {
			waiting.splice( at, 1 );
			ahead = Math.max( next, ahead - ( at < ahead ? 1 : 0 ) );
		}
		files--;
		entry.row?.remove();
		run();
	}

	function fail( entry, text ) {
		entry.state = 'failed';
		failed.add( entry );
		if ( failed.size <= 200 ) {
			tell( entry, text );
		}
	}

	// Nothing more is sent until somebody says so, or the connection is back.
	function pause( name ) {
		paused = name;
		part( 'pause' ).textContent = say( name );
		part( 'pause' ).hidden = part( 'on' ).hidden = false;
		part( 'log-in' ).hidden = name !== 'ended';
	}

	function proceed() {
		paused = '';
		part( 'pause' ).hidden = part( 'on' ).hidden = part( 'log-in' ).hidden = true;
		run();
	}

	// ---- one file

	function send( entry, renewed = false ) {
		entry.state = 'sending';
		active.add( entry );
		tell( entry, say( 'sending', { percent: 0 } ) );
		const request = ( entry.request = new XMLHttpRequest() );
		const form = new FormData();
		form.append( 'file', entry.file, entry.file.name );
		request.open( 'POST', route );
		request.setRequestHeader( 'X-WP-Nonce', nonce );
		request.setRequestHeader( 'Accept', 'application/json' );
		const used = nonce;
		let told = -1;
		request.upload.onprogress = ( event ) => {
			const percent = Math.floor( ( 100 * event.loaded ) / event.total );
			if ( event.lengthComputable && percent !== told ) {
				told = percent;
				entry.bar.value = event.loaded / event.total;
				entry.told.textContent = percent < 100 ? say( 'sending', { percent } ) : say( 'making' );
			}
		};
		request.onload = () => answered( entry, request, used, renewed );
		request.onerror = request.ontimeout = () => {
			active.delete( entry );
			again( entry );
			pause( 'lost' );
			summary();
		};
		request.send( form );
	}

	function answered( entry, request, used, renewed ) {
		const { status } = request;
		const value = parsed( request.responseText );
		if ( ( status === 401 || value.code === 'rest_cookie_invalid_nonce' ) && ! renewed ) {
			renewNonce( used ).then(
				() => entry.final || send( entry, true ),
				( reason ) => held( entry, reason )
			);
			return;
		}
		active.delete( entry );
		if ( status === 201 ) {
			done( entry, value );
		} else if ( status === 429 || status === 502 || status === 503 || status === 504 ) {
			held( entry, 'busy' );
			return;
		} else {
			fail( entry, reasonOf( status, value ) );
		}
		run();
	}

	function reasonOf( status, value ) {
		if ( status === 413 ) {
			return say( value.code === 'rest_upload_file_too_big' ? 'large' : 'larger' );
		}
		if ( status === 401 || status === 403 ) {
			return say( 'forbidden' );
		}
		return say( 'refused', { message: value.message || String( status ) } );
	}

	function held( entry, reason ) {
		active.delete( entry );
		again( entry );
		pause( reason );
		summary();
	}

	function done( entry, value ) {
		entry.state = 'done';
		added++;
		fresh = true;
		tell( entry, say( isBroken( value ) ? 'broken' : 'done' ) );
		entry.row.classList.toggle( 'is-broken', isBroken( value ) );
		const link = document.createElement( 'a' );
		link.href = item + Number( value.id );
		link.textContent = entry.file.name;
		entry.name.replaceChildren( link );
		entry.file = entry.request = null; // a thousand files are not to be held
		shown.push( entry );
		if ( shown.length > KEPT ) {
			shown.shift().row.remove();
		}
	}

	// WordPress takes a damaged picture, and knows no measures of it.
	function isBroken( value ) {
		return place.dataset.pictures.split( ' ' ).includes( value.mime_type ) && ! value.media_details?.width;
	}

	// A new nonce of the API; rejects with why there is none.
	function renewNonce( used ) {
		if ( nonce !== used ) {
			return Promise.resolve();
		}
		renewing ??= fetch( renew, { credentials: 'same-origin' } )
			.catch( () => Promise.reject( 'lost' ) )
			.then( async ( response ) => {
				const text = ( await response.text() ).trim();
				if ( ! response.ok || ! /^[0-9a-f]{10}$/.test( text ) ) {
					return Promise.reject( response.status >= 500 ? 'busy' : 'ended' );
				}
				nonce = text;
			} )
			.finally( () => ( renewing = null ) );
		return renewing;
	}

	function parsed( text ) {
		try {
			return JSON.parse( text ) ?? {};
		} catch {
			return {};
		}
	}

	// The library shows what was added; what somebody has checked stays checked.
	async function refresh() {
		const old = document.getElementById( 'library' );
		if ( ! old ) {
			return;
		}
		const response = await fetch( window.location.href, { credentials: 'same-origin' } ).catch( () => null );
		const html = response?.ok ? await response.text() : '';
		const made = new DOMParser().parseFromString( html, 'text/html' ).getElementById( 'library' );
		if ( made ) {
			const checked = [ ...old.querySelectorAll( '[data-row]:checked' ) ].map( ( box ) => box.value );
			old.replaceWith( document.adoptNode( made ) );
			made.querySelectorAll( '[data-row]' ).forEach( ( box ) => ( box.checked = checked.includes( box.value ) ) );
		}
	}

	// ---- what people do

	part( 'on' ).addEventListener( 'click', proceed );
	part( 'retry' ).addEventListener( 'click', () => retry( [ ...failed ] ) );
	part( 'stop' ).addEventListener( 'click', () => {
		for ( const entry of waiting.splice( next ) ) {
			entry.final = true;
			entry.row?.remove();
			files--;
		}
		ahead = next;
		run();
	} );
	part( 'close' ).addEventListener( 'click', () => {
		failed.clear();
		shown.length = files = added = 0;
		part( 'list' ).replaceChildren();
		place.hidden = true;
	} );
	window.addEventListener( 'online', () => paused === 'lost' && proceed() );
	window.addEventListener( 'beforeunload', ( event ) => {
		if ( active.size || waiting.length > next ) {
			event.preventDefault();
			event.returnValue = say( 'leave' );
		}
	} );

	const picker = document.createElement( 'input' );
	picker.type = 'file';
	picker.multiple = true;
	picker.addEventListener( 'change', () => {
		add( [ ...picker.files ].map( ( file ) => ( { file } ) ) );
		picker.value = '';
	} );
	document.querySelectorAll( '[data-pick]' ).forEach( ( button ) =>
		button.addEventListener( 'click', ( event ) => {
			event.preventDefault();
			picker.click();
		} )
	);
	document.querySelectorAll( '.send-many, .send-one' ).forEach( ( way ) => ( way.hidden = ! way.hidden ) );

	const target = document.querySelector( '.drop' );
	let own = false; // a picture of this page that is dragged is no new file
	document.addEventListener( 'dragstart', () => ( own = true ) );
	document.addEventListener( 'dragend', () => ( own = false ) );
	const brings = ( event ) => ! own && [ ...( event.dataTransfer?.types ?? [] ) ].includes( 'Files' );
	let depth = 0;
	document.addEventListener( 'dragenter', ( event ) => {
		if ( brings( event ) ) {
			depth++;
			target.hidden = false;
		}
	} );
	document.addEventListener( 'dragleave', ( event ) => {
		if ( brings( event ) && --depth <= 0 ) {
			depth = 0;
			target.hidden = true;
		}
	} );
	document.addEventListener( 'dragover', ( event ) => brings( event ) && event.preventDefault() );
	document.addEventListener( 'drop', ( event ) => {
		if ( ! brings( event ) ) {
			return;
		}
		event.preventDefault();
		depth = 0;
		target.hidden = true;
		const entries = [ ...event.dataTransfer.items ].map( ( one ) => one.kind === 'file' && one.webkitGetAsEntry?.() );
		const folders = new Set( entries.filter( ( one ) => one?.isDirectory ).map( ( one ) => one.name ) );
		add( [ ...event.dataTransfer.files ].map( ( file ) => ( { file, folder: folders.has( file.name ) && ! file.type } ) ) );
	} );
} )();
