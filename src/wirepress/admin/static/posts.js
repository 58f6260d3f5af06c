// What a list of posts does besides; everything works without it.
'use strict';

// A row that has come back from quick edit has the focus again.
let opened = '';
document.addEventListener( 'htmx:after:swap', () => {
	const fields = document.querySelector( 'tr.is-open' );
	if ( fields ) {
		opened = fields.id;
		if ( ! fields.contains( document.activeElement ) ) {
			( fields.querySelector( '.notice-error' ) ? fields.querySelector( 'button.primary' ) : fields.querySelector( 'input:not([type=hidden])' ) )?.focus();
		}
	} else if ( opened ) {
		document.getElementById( opened )?.querySelector( 'a.title, .title' )?.focus();
		opened = '';
	}
} );

// Escape leaves quick edit.
document.addEventListener( 'keydown', ( event ) => {
	if ( event.key === 'Escape' ) {
		event.target.closest( 'tr.is-open' )?.querySelector( '[data-cancel]' )?.click();
	}
} );

// What is deleted for good by the choice over the list asks first as well.
document.addEventListener( 'submit', ( event ) => {
	const asked = event.target.querySelector( '#bulk-action option:checked' )?.dataset.confirm;
	if ( asked && ! event.submitter?.name && ! window.confirm( asked ) ) {
		event.preventDefault();
	}
} );
