// What settings do besides, where there is script: tags that are put in by a press, and the choice that follows.
'use strict';

function choose( field ) {
	const radio = document.querySelector( `input[type=radio][data-own="${ CSS.escape( field.id ) }"]` );
	if ( radio ) {
		radio.checked = true;
	}
}

// Who writes a form of their own means it.
document.addEventListener( 'input', ( event ) => {
	if ( event.target.closest( '.preset-own' ) && event.target.matches( 'input:not([type=radio])' ) ) {
		choose( event.target );
	}
	show();
} );

// A preset that is chosen stands in the field, to be changed from there.
document.addEventListener( 'change', ( event ) => {
	const radio = event.target;
	const own = radio.closest( '.presets' )?.querySelector( '.preset-own > input' );
	if ( own && radio.type === 'radio' && radio.dataset.own === undefined ) {
		own.value = radio.value;
		own.dispatchEvent( new Event( 'changed' ) );
	}
	show();
} );

function fieldOf( row ) {
	return document.getElementById( row.dataset.tags );
}

// A tag is pressed while it is in the field.
function show() {
	document.querySelectorAll( '[data-tags]' ).forEach( ( row ) => {
		row.hidden = false;
		row.querySelectorAll( 'button' ).forEach( ( button ) => {
			button.setAttribute( 'aria-pressed', String( fieldOf( row ).value.includes( button.dataset.tag ) ) );
		} );
	} );
}

document.addEventListener( 'click', ( event ) => {
	const button = event.target.closest( '[data-tag]' );
	if ( ! button ) {
		return;
	}
	const field = fieldOf( button.closest( '[data-tags]' ) );
	const tag = button.dataset.tag;
	if ( field.value.includes( tag ) ) {
		field.value = field.value.replace( tag, '' ).replace( /\/{2,}/g, '/' );
	} else {
		field.value = field.value.replace( /\/?$/, '/' ) + tag + '/';
	}
	field.dispatchEvent( new Event( 'input', { bubbles: true } ) );
} );

show();
