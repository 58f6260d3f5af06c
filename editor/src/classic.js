// Texts without blocks, as older articles and imports are.  In WordPress the block "Classic" holds them, and TinyMCE edits
// them; here they are shown, can be edited as HTML (in the code editor), and turn into blocks with one button.
import { BlockControls, store as blockEditorStore, useBlockProps } from '@wordpress/block-editor';
import { rawHandler } from '@wordpress/blocks';
import { ToolbarButton, ToolbarGroup } from '@wordpress/components';
import { useDispatch } from '@wordpress/data';
import { RawHTML } from '@wordpress/element';
import { addFilter } from '@wordpress/hooks';
import { __ } from '@wordpress/i18n';

const CLASSIC = 'core/freeform';

export function offerClassicText() {
	addFilter( 'blocks.registerBlockType', 'wirepress/classic', ( settings, name ) =>
		name === CLASSIC
			? { ...settings, edit: ClassicText, supports: { ...settings.supports, inserter: false } }
			: settings
	);
}

function ClassicText( { attributes: { content }, clientId } ) {
	const { replaceBlocks } = useDispatch( blockEditorStore );
	return (
		<>
			<BlockControls>
				<ToolbarGroup>
					<ToolbarButton onClick={ () => replaceBlocks( clientId, rawHandler( { HTML: content } ) ) }>
						{ __( 'Convert to blocks', 'wirepress' ) }
					</ToolbarButton>
				</ToolbarGroup>
			</BlockControls>
			<div { ...useBlockProps() }>
				<RawHTML>{ content }</RawHTML>
			</div>
		</>
	);
}
