// What lists and forms do besides, where there is script; everything works without it.
'use strict';

// One box of a list's head checks all of its rows; shift checks a range.
let last = null;
const rowsOf = ( form ) => [ ...form.elements ].filter( ( box ) => box.dataset.row !== undefined );
document.addEventListener( 'click', ( event ) => {
	const box = event.target;
	if ( ! ( box instanceof HTMLInputElement ) || box.type !== 'checkbox' ) {
		return;
	}
	const form = box.form;
	if ( box.dataset.all !== undefined ) {
		rowsOf( form ).forEach( ( row ) => ( row.checked = box.checked ) );
	} else if ( box.dataset.row !== undefined ) {
		const rows = rowsOf( form );
		if ( event.shiftKey && last && rows.includes( last ) ) {
			const [ from, to ] = [ rows.indexOf( last ), rows.indexOf( box ) ].sort( ( a, b ) => a - b );
			rows.slice( from, to + 1 ).forEach( ( row ) => ( row.checked = box.checked ) );
		}
		last = box;
	}
} );

// What cannot be taken back asks first: before htmx sends it.
document.addEventListener(
	'submit',
	( event ) => {
		const asked = event.submitter?.dataset.confirm;
		if ( asked && ! window.confirm( asked ) ) {
			event.preventDefault();
			event.stopImmediatePropagation();
		}
	},
	true
);

// An answer that has no part for this page (the login has ended, the thing is gone, the form was open for too long)
// changes nothing here: what was typed stays, and a notice says what is wrong.
document.addEventListener( 'htmx:before:swap', ( event ) => {
	const { response, text } = event.detail.ctx;
	if ( ! response || response.status < 400 ) {
		return;
	}
	const page = new DOMParser().parseFromString( text, 'text/html' );
	const words = page.querySelector( 'main .card p' )?.textContent;
	if ( response.status === 401 ) {
		event.preventDefault();
		tell( document.body.dataset.loggedOut, document.body.dataset.logIn );
	} else if ( ! page.querySelector( 'main' ) || page.body.classList.contains( 'is-error' ) ) {
		event.preventDefault();
		tell( words || document.body.dataset.failed );
	}
} );
document.addEventListener( 'htmx:error', ( { detail } ) => {
	if ( detail.ctx && ! detail.ctx.response ) {
		tell( document.body.dataset.failed );
	}
} );

function tell( words, href ) {
	document.querySelector( '#main > .notice-script' )?.remove();
	const notice = document.createElement( 'p' );
	notice.className = 'notice notice-error notice-script';
	notice.setAttribute( 'role', 'alert' );
	notice.textContent = words;
	if ( href ) {
		const link = document.createElement( 'a' );
		link.href = href;
		link.target = '_blank';
		link.textContent = document.body.dataset.logInLabel;
		notice.append( ' ', link );
	}
	document.querySelector( '#main .heading' ).after( notice );
	notice.scrollIntoView( { block: 'center' } );
}

// j and k go through the rows of a list, x checks one, / leads to the search (as in mail and feed readers).
document.addEventListener( 'keydown', ( event ) => {
	if ( event.ctrlKey || event.metaKey || event.altKey || event.target.closest( 'input:not([type=checkbox]), textarea, select' ) ) {
		return;
	}
	const rows = [ ...document.querySelectorAll( '[data-key]' ) ];
	const at = rows.findIndex( ( row ) => row.contains( document.activeElement ) );
	if ( event.key === '/' ) {
		const search = document.querySelector( 'input[type=search]' );
		if ( search ) {
			event.preventDefault();
			search.focus();
		}
	} else if ( rows.length && ( event.key === 'j' || event.key === 'k' ) ) {
		const next = event.key === 'j' ? Math.min( at + 1, rows.length - 1 ) : Math.max( at - 1, 0 );
		rows[ next ].querySelector( 'a.title, a, button' )?.focus();
	} else if ( at >= 0 && event.key === 'x' ) {
		rows[ at ].querySelector( 'input[data-row]' )?.click();
	} else if ( at >= 0 ) {
		const named = rows[ at ].querySelector( `[data-hotkey="${ CSS.escape( event.key ) }"]` );
		if ( named ) {
			event.preventDefault();
			named.click();
		}
	}
} );

// The menu of small screens closes with Escape.
document.addEventListener( 'keydown', ( event ) => {
	const open = document.querySelector( '.bar-menu[open]' );
	if ( event.key === 'Escape' && open ) {
		open.open = false;
		open.querySelector( 'summary' ).focus();
	}
} );
