// Shows what becomes of a picture: it is turned and flipped on a canvas, and a box over it says which part is kept.
// The fields of the form hold everything, in percent of the picture as it is turned.
'use strict';

( () => {
	const edit = document.querySelector( '.edit' );
	const picture = edit?.querySelector( '.edit-stage img' );
	if ( ! picture ) {
		return;
	}
	const form = edit.querySelector( 'form' );
	const { x, y, width, height, rotate, across, down } = form.elements;
	const sides = [ x, y, width, height ];
	const shape = document.getElementById( 'f-shape' );
	const result = edit.querySelector( '.edit-result' );
	const LEAST = 1;
	const MOST_PIXELS = 2000;

	const frame = document.createElement( 'div' );
	frame.className = 'edit-frame';
	const canvas = document.createElement( 'canvas' );
	const box = document.createElement( 'div' );
	box.className = 'edit-box';
	box.tabIndex = 0;
	box.setAttribute( 'role', 'group' );
	box.setAttribute( 'aria-label', edit.dataset.sayBox );
	for ( const corner of [ 'nw', 'ne', 'sw', 'se' ] ) {
		const grip = document.createElement( 'span' );
		grip.className = 'edit-grip';
		grip.dataset.grip = corner;
		box.append( grip );
	}
	frame.append( canvas, box );

	// ---- the picture

	const quarter = () => Number( rotate.value ) % 180 !== 0;

	function draw() {
		const share = Math.min( 1, MOST_PIXELS / Math.max( picture.naturalWidth, picture.naturalHeight ) );
		const wide = Math.max( 1, Math.round( picture.naturalWidth * share ) );
		const high = Math.max( 1, Math.round( picture.naturalHeight * share ) );
		canvas.width = quarter() ? high : wide;
		canvas.height = quarter() ? wide : high;
		const pen = canvas.getContext( '2d' );
		pen.translate( canvas.width / 2, canvas.height / 2 );
		pen.rotate( ( Number( rotate.value ) * Math.PI ) / 180 );
		pen.scale( across.checked ? -1 : 1, down.checked ? -1 : 1 );
		pen.drawImage( picture, -wide / 2, -high / 2, wide, high );
		show();
	}

	// ---- the box

	const within = ( number, least, most ) => Math.min( Math.max( number, least ), Math.max( least, most ) );
	const part = () => sides.map( ( side, at ) => within( parseFloat( side.value.replace( ',', '.' ) ) || 0, 0, 100 ) );

	function keep( [ left, top, wide, high ] ) {
		const rounded = ( number ) => String( Math.round( number * 100 ) / 100 );
		wide = within( wide, LEAST, 100 );
		high = within( high, LEAST, 100 );
		x.value = rounded( within( left, 0, 100 - wide ) );
		y.value = rounded( within( top, 0, 100 - high ) );
		width.value = rounded( wide );
		height.value = rounded( high );
		show();
	}

	function show() {
		const [ left, top, wide, high ] = part();
		box.style.left = `${ left }%`;
		box.style.top = `${ top }%`;
		box.style.width = `${ Math.min( wide, 100 - left ) }%`;
		box.style.height = `${ Math.min( high, 100 - top ) }%`;
		const whole = measures();
		const comes = [ ( whole[ 0 ] * wide ) / 100, ( whole[ 1 ] * high ) / 100 ].map( Math.round );
		result.textContent = edit.dataset.sayResult.replace( '{measures}', comes.join( ' × ' ) );
	}

	// The measures of the picture itself, as it is turned; what is shown may be smaller.
	function measures() {
		const own = ( edit.dataset.measures || '' ).split( '×' ).map( Number );
		const [ wide, high ] = own[ 1 ] ? own : [ picture.naturalWidth, picture.naturalHeight ];
		return quarter() ? [ high, wide ] : [ wide, high ];
	}

	// Height in percent for a width in percent, by the shape that is chosen; 0 where it is free.
	function slope() {
		const [ wide, high ] = measures();
		if ( ! shape.value || ! wide || ! high ) {
			return 0;
		}
		const [ a, b ] = shape.value === 'same' ? [ wide, high ] : shape.value.split( ':' ).map( Number );
		return ( b / a ) * ( wide / high );
	}

	// A box from a corner that stays to one that is led, in the shape that is chosen.
	function spanned( fixed, led ) {
		let wide = Math.abs( led[ 0 ] - fixed[ 0 ] );
		let high = Math.abs( led[ 1 ] - fixed[ 1 ] );
		const room = [ 0, 1 ].map( ( axis ) => ( led[ axis ] < fixed[ axis ] ? fixed[ axis ] : 100 - fixed[ axis ] ) );
		const ratio = slope();
		if ( ratio ) {
			wide = Math.min( Math.max( wide, high / ratio ), room[ 0 ], room[ 1 ] / ratio );
			high = wide * ratio;
		}
		return [
			led[ 0 ] < fixed[ 0 ] ? fixed[ 0 ] - wide : fixed[ 0 ],
			led[ 1 ] < fixed[ 1 ] ? fixed[ 1 ] - high : fixed[ 1 ],
			wide,
			high,
		];
	}

	function place( event ) {
		const area = canvas.getBoundingClientRect();
		return [
			within( ( 100 * ( event.clientX - area.left ) ) / area.width, 0, 100 ),
			within( ( 100 * ( event.clientY - area.top ) ) / area.height, 0, 100 ),
		];
	}

	frame.addEventListener( 'pointerdown', ( event ) => {
		if ( event.button ) {
			return;
		}
		event.preventDefault();
		box.focus( { preventScroll: true } );
		const begun = place( event );
		const [ left, top, wide, high ] = part();
		const grip = event.target.dataset?.grip;
		let follow;
		if ( grip ) {
			const fixed = [ grip.includes( 'w' ) ? left + wide : left, grip.includes( 'n' ) ? top + high : top ];
			follow = ( led ) => keep( spanned( fixed, led ) );
		} else if ( event.target === box && ( wide < 99.9 || high < 99.9 ) ) {
			follow = ( led ) => keep( [ left + led[ 0 ] - begun[ 0 ], top + led[ 1 ] - begun[ 1 ], wide, high ] );
		} else {
			follow = ( led ) => {
				const made = spanned( begun, led );
				if ( made[ 2 ] >= LEAST && made[ 3 ] >= LEAST ) {
					keep( made );
				}
			};
		}
		frame.setPointerCapture( event.pointerId );
		const move = ( moved ) => follow( place( moved ) );
		const end = () => frame.removeEventListener( 'pointermove', move );
		frame.addEventListener( 'pointermove', move );
		frame.addEventListener( 'pointerup', end, { once: true } );
		frame.addEventListener( 'pointercancel', end, { once: true } );
	} );

	box.addEventListener( 'keydown', ( event ) => {
		const ways = { ArrowLeft: [ -1, 0 ], ArrowRight: [ 1, 0 ], ArrowUp: [ 0, -1 ], ArrowDown: [ 0, 1 ] };
		const way = ways[ event.key ];
		if ( ! way || event.ctrlKey || event.metaKey || event.altKey ) {
			return;
		}
		event.preventDefault();
		const [ left, top, wide, high ] = part();
		if ( ! event.shiftKey ) {
			keep( [ left + way[ 0 ], top + way[ 1 ], wide, high ] );
			return;
		}
		const ratio = slope();
		const step = ratio ? [ way[ 0 ] + way[ 1 ] / ratio, way[ 0 ] * ratio + way[ 1 ] ] : way;
		const made = [ wide + step[ 0 ], high + step[ 1 ] ];
		if ( ! ratio || ( made[ 0 ] + left <= 100 && made[ 1 ] + top <= 100 ) ) {
			keep( [ left, top, Math.min( made[ 0 ], 100 - left ), Math.min( made[ 1 ], 100 - top ) ] );
		}
	} );

	sides.forEach( ( side ) => side.addEventListener( 'input', show ) );
	shape.addEventListener( 'change', () => {
		const ratio = slope();
		if ( ratio ) {
			const wide = Math.min( 100, 100 / ratio );
			keep( [ ( 100 - wide ) / 2, ( 100 - wide * ratio ) / 2, wide, wide * ratio ] );
		}
	} );

	// ---- turning and flipping: the part that is kept goes along

	edit.querySelectorAll( '[data-turn]' ).forEach( ( button ) =>
		button.addEventListener( 'click', () => {
			const right = button.dataset.turn === '90';
			const [ left, top, wide, high ] = part();
			rotate.value = String( ( Number( rotate.value ) + Number( button.dataset.turn ) ) % 360 );
			keep( right ? [ 100 - top - high, left, high, wide ] : [ top, 100 - left - wide, high, wide ] );
			draw();
		} )
	);
	edit.querySelectorAll( '[data-flip]' ).forEach( ( button ) =>
		button.addEventListener( 'click', () => {
			// Flipping comes before turning: what looks like sideways is up and down in a picture that lies.
			const lies = quarter();
			const sideways = ( button.dataset.flip === 'across' ) !== lies;
			const field = sideways ? across : down;
			const [ left, top, wide, high ] = part();
			field.checked = ! field.checked;
			keep( button.dataset.flip === 'across' ? [ 100 - left - wide, top, wide, high ] : [ left, 100 - top - high, wide, high ] );
			draw();
		} )
	);
	form.addEventListener( 'reset', () => window.setTimeout( draw ) );
	[ rotate, across, down ].forEach( ( field ) => field.addEventListener( 'change', draw ) );

	function begin() {
		if ( ! picture.naturalWidth ) {
			return;
		}
		picture.replaceWith( frame );
		edit.querySelector( '.edit-turns' ).hidden = false;
		edit.querySelector( '.edit-plain' ).hidden = true;
		edit.querySelector( '.edit-shape' ).hidden = false;
		draw();
	}
	if ( picture.complete ) {
		begin();
	} else {
		picture.addEventListener( 'load', begin, { once: true } );
	}
} )();
