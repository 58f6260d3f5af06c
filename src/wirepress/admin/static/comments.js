// Moderating by keyboard: what was done leaves the focus in the list, z takes it back.
'use strict';

{
	const focused = () => {
		const rows = [ ...document.querySelectorAll( '.comments tbody tr[data-key]' ) ];
		const at = rows.findIndex( ( row ) => row.contains( document.activeElement ) );
		return at < 0 ? null : { at, key: rows[ at ].dataset.key };
	};

	// The row that was acted upon, or the one that is in its place now, has the focus again.
	let before = null;
	document.addEventListener( 'htmx:before:request', () => ( before = focused() ) );
	document.addEventListener( 'htmx:after:swap', () => {
		const text = document.querySelector( '#f-reply' );
		if ( text ) {
			text.focus();
			return;
		}
		if ( before && ! focused() ) {
			const rows = [ ...document.querySelectorAll( '.comments tbody tr[data-key]' ) ];
			const row = rows.find( ( one ) => one.dataset.key === before.key ) || rows[ Math.min( before.at, rows.length - 1 ) ];
			( row?.querySelector( 'a.title, a, button' ) || document.querySelector( '#main' ) )?.focus();
		}
		before = null;
	} );

	document.addEventListener( 'keydown', ( event ) => {
		if ( event.key === 'Escape' && event.target.id === 'f-reply' && ! event.target.value ) {
			document.querySelector( '[data-cancel]' )?.click();
		} else if ( event.key === 'Enter' && ( event.ctrlKey || event.metaKey ) && event.target.id === 'f-reply' ) {
			event.target.form.requestSubmit();
		} else if ( event.key === 'z' && ! event.ctrlKey && ! event.metaKey && ! event.altKey && ! event.target.closest( 'input:not([type=checkbox]), textarea, select' ) ) {
			document.querySelector( '[data-undo]' )?.click();
		}
	} );
}
