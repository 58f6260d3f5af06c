// Where an article came from: a panel among those of the document.
import { ExternalLink } from '@wordpress/components';
import { useSelect } from '@wordpress/data';
import { dateI18n, getSettings } from '@wordpress/date';
import { PluginDocumentSettingPanel, store as editorStore } from '@wordpress/editor';
import { __ } from '@wordpress/i18n';
import { registerPlugin } from '@wordpress/plugins';

export function showProvenance() {
	registerPlugin( 'wirepress-provenance', { render: ProvenancePanel, icon: null } );
}

/** The post's field of that name: null for what was written here. */
export function useProvenance() {
	return useSelect(
		( select ) => select( editorStore ).getCurrentPostAttribute( 'wirepress_provenance' ) ?? null,
		[]
	);
}

function ProvenancePanel() {
	const known = useProvenance();
	if ( ! known ) {
		return null;
	}
	const { source, url, rights, license, first_seen: firstSeen, last_checked: lastChecked, revisions } = known;
	return (
		<PluginDocumentSettingPanel
			name="provenance"
			title={ __( 'Where it came from', 'wirepress' ) }
			className="wirepress-provenance"
		>
			<dl>
				<Fact name={ __( 'Source', 'wirepress' ) }>
					{ source && <MaybeLink href={ source.url }>{ source.name || source.url }</MaybeLink> }
				</Fact>
				<Fact name={ __( 'Original', 'wirepress' ) }>{ url && <MaybeLink href={ url }>{ url }</MaybeLink> }</Fact>
				<Fact name={ __( 'Rights', 'wirepress' ) }>{ rights }</Fact>
				<Fact name={ __( 'Licence', 'wirepress' ) }>
					{ license && <MaybeLink href={ license }>{ license }</MaybeLink> }
				</Fact>
				<Fact name={ __( 'First seen', 'wirepress' ) }>{ firstSeen && <Moment date={ firstSeen } /> }</Fact>
				<Fact name={ __( 'Last checked', 'wirepress' ) }>{ lastChecked && <Moment date={ lastChecked } /> }</Fact>
			</dl>
			{ revisions?.length > 0 && (
				<>
					<h3>{ __( 'Changes the source has made', 'wirepress' ) }</h3>
					<ul>
						{ revisions.map( ( { id, date, href } ) => (
							<li key={ id }>
								<a href={ href }>
									<Moment date={ date } />
								</a>
							</li>
						) ) }
					</ul>
				</>
			) }
		</PluginDocumentSettingPanel>
	);
}

function Fact( { name, children } ) {
	return children ? (
		<>
			<dt>{ name }</dt>
			<dd>{ children }</dd>
		</>
	) : null;
}

/** What a source says of itself may be anything; only web addresses become links. */
function MaybeLink( { href, children } ) {
	return /^https?:\/\//i.test( href ?? '' ) ? <ExternalLink href={ href }>{ children }</ExternalLink> : children;
}

function Moment( { date } ) {
	return <time dateTime={ date }>{ dateI18n( getSettings().formats.datetime, date ) }</time>;
}
