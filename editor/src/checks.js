// What may have been forgotten, said in the panel that asks "Are you ready to publish?".  Nothing here forbids anything.
import { store as coreStore } from '@wordpress/core-data';
import { useSelect } from '@wordpress/data';
import { PluginPrePublishPanel, store as editorStore } from '@wordpress/editor';
import { useMemo } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { registerPlugin } from '@wordpress/plugins';
import { useProvenance } from './panel.js';

export function checkBeforePublishing() {
	registerPlugin( 'wirepress-checks', { render: Checks, icon: null } );
}

function Checks() {
	const warnings = useWarnings();
	if ( ! warnings.length ) {
		return null;
	}
	return (
		<PluginPrePublishPanel
			className="wirepress-checks"
			title={ sprintf(
				/* translators: %d: number of warnings */
				_n( '%d thing to look at', '%d things to look at', warnings.length, 'wirepress' ),
				warnings.length
			) }
			initialOpen
		>
			<ul>
				{ warnings.map( ( words ) => (
					<li key={ words }>{ words }</li>
				) ) }
			</ul>
		</PluginPrePublishPanel>
	);
}

function useWarnings() {
	const provenance = useProvenance();
	const { content, lacksPicture, hasDefaultCategoryOnly } = useSelect( ( select ) => {
		const { getEditedPostAttribute, getEditedPostContent, getCurrentPostType } = select( editorStore );
		const supports = select( coreStore ).getPostType( getCurrentPostType() )?.supports ?? {};
		return {
			content: getEditedPostContent(),
			lacksPicture: Boolean( supports.thumbnail ) && ! getEditedPostAttribute( 'featured_media' ),
			hasDefaultCategoryOnly: isDefaultOnly( select, getEditedPostAttribute( 'categories' ) ),
		};
	}, [] );
	const { imagesWithoutAlt, hasAttribution } = useMemo( () => read( content, provenance ), [ content, provenance ] );

	const warnings = [];
	if ( lacksPicture ) {
		warnings.push( __( 'There is no featured image.', 'wirepress' ) );
	}
	if ( imagesWithoutAlt ) {
		const words = _n(
			'%d image has no alternative text.',
			'%d images have no alternative text.',
			imagesWithoutAlt,
			'wirepress'
		);
		warnings.push( sprintf( words, imagesWithoutAlt ) );
	}
	if ( hasDefaultCategoryOnly ) {
		warnings.push( __( 'The only category is the default one.', 'wirepress' ) );
	}
	if ( provenance && ! hasAttribution ) {
		warnings.push( __( 'The text does not say where it was first published.', 'wirepress' ) );
	}
	return warnings;
}

/** Only those who may read the site's settings learn which category is the default; others are not warned. */
function isDefaultOnly( select, categories ) {
	const { canUser, getEntityRecord } = select( coreStore );
	if ( ! categories || ! canUser( 'read', { kind: 'root', name: 'site' } ) ) {
		return false;
	}
	const ours = getEntityRecord( 'root', 'site' )?.default_category;
	return Boolean( ours ) && categories.every( ( id ) => id === ours );
}

/** What the warnings need to know of the text.  A document made by DOMParser loads and runs nothing. */
function read( content, provenance ) {
	const { body } = new DOMParser().parseFromString( content ?? '', 'text/html' );
	// The picture behind a cover is decoration: its block leaves the text empty on purpose.
	const bare = body.querySelectorAll(
		'img:is( :not( [alt] ), [alt=""] ):not( .wp-block-cover__image-background, [role="presentation"] )'
	);
	const addresses = [ ...body.querySelectorAll( 'a[href]' ) ].map( ( link ) => link.href );
	return {
		imagesWithoutAlt: bare.length,
		// The paragraph that imports write, or any link to the original.
		hasAttribution:
			body.querySelector( '.syndication-source' ) !== null || addresses.includes( provenance?.url ),
	};
}
