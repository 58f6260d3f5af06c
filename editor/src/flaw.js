// A text that takes too much to be rendered is shown to readers as it was written: a notice says so as long as it does.
import apiFetch from '@wordpress/api-fetch';
import { store as coreStore } from '@wordpress/core-data';
import { dispatch, useSelect } from '@wordpress/data';
import { store as editorStore } from '@wordpress/editor';
import { useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';
import { registerPlugin } from '@wordpress/plugins';

const NOTICE = 'wirepress-flaw';

/** The page says how it is when the editor opens; after a save it is asked. */
export function showFlaw( flaw ) {
	registerPlugin( 'wirepress-flaw', { render: () => <Flaw first={ flaw } />, icon: null } );
}

function Flaw( { first } ) {
	const [ flaw, setFlaw ] = useState( first );
	const { path, modified } = useSelect( ( select ) => {
		const { getCurrentPostId, getCurrentPostType, getCurrentPostAttribute } = select( editorStore );
		const base = select( coreStore ).getPostType( getCurrentPostType() )?.rest_base;
		return {
			path: base && `/wp/v2/${ base }/${ getCurrentPostId() }?context=edit&_fields=rendering_flaw`,
			modified: getCurrentPostAttribute( 'modified' ),
		};
	}, [] );
	const [ opened ] = useState( modified );
	useEffect( () => {
		if ( path && modified !== opened ) {
			apiFetch( { path } ).then( ( post ) => setFlaw( post.rendering_flaw ), () => {} );
		}
	}, [ path, modified, opened ] );
	useEffect( () => {
		const { createWarningNotice, removeNotice } = dispatch( noticesStore );
		if ( flaw ) {
			createWarningNotice( words( flaw ), { id: NOTICE, isDismissible: false } );
		} else {
			removeNotice( NOTICE );
		}
	}, [ flaw ] );
	return null;
}

function words( flaw ) {
	if ( flaw === 'depth' ) {
		return __( 'Readers see this text as it was written: its blocks are nested too deep to be shown.', 'wirepress' );
	}
	if ( flaw === 'size' ) {
		return __( 'Readers see this text as it was written: it would become too long when it is shown.', 'wirepress' );
	}
	return __( 'Readers see this text as it was written: it takes too much work to be shown.', 'wirepress' );
}
