// Dragging entries of a menu: up and down for their place, to the side for what they stand under.  Buttons do the same.
'use strict';

{
	const STEP = 28;
	const depthOf = ( entry ) => Number( entry.dataset.depth );

	// An entry goes with all that stands under it.
	const branchOf = ( entry ) => {
		const branch = [ entry ];
		for ( let next = entry.nextElementSibling; next && depthOf( next ) > depthOf( entry ); next = next.nextElementSibling ) {
			branch.push( next );
		}
		return branch;
	};

	const setDepth = ( entry, depth ) => {
		entry.classList.remove( `depth-${ entry.dataset.depth }` );
		entry.classList.add( `depth-${ depth }` );
		entry.dataset.depth = depth;
		entry.querySelector( 'input[name^="depth-"]' ).value = depth;
	};

	let drag = null;
	document.addEventListener( 'pointerdown', ( event ) => {
		const entry = event.target.closest( '.handle' )?.closest( '.entry' );
		if ( ! entry || event.button !== 0 ) {
			return;
		}
		event.preventDefault();
		drag = { entry, branch: branchOf( entry ), x: event.clientX, depth: depthOf( entry ), moved: false };
		event.target.setPointerCapture( event.pointerId );
		drag.branch.forEach( ( one ) => one.classList.add( 'is-dragged' ) );
	} );

	document.addEventListener( 'pointermove', ( event ) => {
		if ( ! drag ) {
			return;
		}
		const list = drag.entry.parentElement;
		const others = [ ...list.children ].filter( ( one ) => ! drag.branch.includes( one ) );
		const next = others.find( ( one ) => {
			const box = one.getBoundingClientRect();
			return event.clientY < box.top + box.height / 2;
		} );
		const before = drag.branch.at( -1 ).nextElementSibling;
		if ( ( next || null ) !== before ) {
			drag.branch.forEach( ( one ) => list.insertBefore( one, next || null ) );
			drag.moved = true;
		}
		const side = document.documentElement.dir === 'rtl' ? -1 : 1;
		const above = drag.entry.previousElementSibling;
		const after = drag.branch.at( -1 ).nextElementSibling;
		const most = above ? depthOf( above ) + 1 : 0;
		const least = after ? Math.min( depthOf( after ), most ) : 0;
		const wanted = drag.depth + Math.round( ( ( event.clientX - drag.x ) * side ) / STEP );
		const depth = Math.max( Math.max( 0, least - 1 ), Math.min( wanted, most, 11 ) );
		const by = depth - depthOf( drag.entry );
		if ( by ) {
			drag.branch.forEach( ( one ) => setDepth( one, depthOf( one ) + by ) );
			drag.moved = true;
		}
	} );

	const drop = () => {
		if ( ! drag ) {
			return;
		}
		const { branch, entry, moved } = drag;
		drag = null;
		branch.forEach( ( one ) => one.classList.remove( 'is-dragged' ) );
		if ( moved ) {
			entry.closest( 'form' ).requestSubmit( document.querySelector( '#save' ) );
		}
	};
	document.addEventListener( 'pointerup', drop );
	document.addEventListener( 'pointercancel', drop );

	const begin = () => document.querySelectorAll( '.handle' ).forEach( ( handle ) => ( handle.hidden = false ) );
	begin();

	// A button that can go no further leaves the focus at its entry; entries that were open stay open.
	let open = [];
	let last = '';
	document.addEventListener( 'htmx:before:request', () => {
		open = [ ...document.querySelectorAll( '.entry details[open]' ) ].map( ( one ) => one.closest( '.entry' ).id );
		last = document.activeElement?.closest( '.entry' )?.id || '';
	} );
	document.addEventListener( 'htmx:after:swap', () => {
		begin();
		open.forEach( ( id ) => {
			const details = document.querySelector( `#${ id } details` );
			if ( details ) {
				details.open = true;
			}
		} );
		const entry = last && document.getElementById( last );
		if ( entry && ! entry.contains( document.activeElement ) ) {
			entry.querySelector( 'summary' ).focus();
		}
	} );
}
