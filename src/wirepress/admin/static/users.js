// Passwords: shown where one wants to see them, and made up where one has no idea.
'use strict';

const SIGNS = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+-=?@';

function madeUp( length ) {
	let made = '';
	while ( made.length < length ) {
		const [ number ] = crypto.getRandomValues( new Uint8Array( 1 ) );
		if ( number < 256 - ( 256 % SIGNS.length ) ) {
			made += SIGNS[ number % SIGNS.length ];
		}
	}
	return made;
}

document.querySelectorAll( '[data-passwords]' ).forEach( ( group ) => {
	const fields = [ ...group.querySelectorAll( 'input' ) ];
	const tools = document.createElement( 'div' );
	tools.className = 'password-tools';
	const make = document.createElement( 'button' );
	const look = document.createElement( 'button' );
	make.type = look.type = 'button';
	make.textContent = group.dataset.suggest;
	const reveal = ( shown ) => {
		fields.forEach( ( field ) => ( field.type = shown ? 'text' : 'password' ) );
		look.textContent = shown ? group.dataset.hide : group.dataset.show;
		look.setAttribute( 'aria-pressed', shown );
	};
	make.addEventListener( 'click', () => {
		const made = madeUp( 20 );
		fields.forEach( ( field ) => ( field.value = made ) );
		reveal( true );
		fields[ 0 ].dispatchEvent( new Event( 'input', { bubbles: true } ) );
	} );
	look.addEventListener( 'click', () => reveal( fields[ 0 ].type === 'password' ) );
	reveal( false );
	tools.append( make, look );
	group.append( tools );
} );

// Whoever types a password means this one.
document.addEventListener( 'input', ( event ) => {
	const way = event.target.closest( 'form' )?.querySelector( 'input[name=way][value=chosen]' );
	if ( way && event.target.closest( '[data-passwords]' ) ) {
		way.checked = true;
	}
} );
