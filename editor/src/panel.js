// Where an article came from: a panel among those of the document.
import apiFetch from '@wordpress/api-fetch';
import { useSelect } from '@wordpress/data';
import { useEffect, useState } from '@wordpress/element';
import { dateI18n, getSettings } from '@wordpress/date';
import { PluginDocumentSettingPanel, store as editorStore } from '@wordpress/editor';
import { __ } from '@wordpress/i18n';
import { registerPlugin } from '@wordpress/plugins';
import { OriginalChanges } from './changes.js';
import { MaybeLink } from './links.js';
import { Story, useOthers } from './story.js';

/** Asks about the post that is opened at once: what the page knows already is dropped when the editor has started. */
export function showProvenance( id ) {
	ask( id );
	registerPlugin( 'wirepress-provenance', { render: ProvenancePanel, icon: null } );
}

const asked = new Map();

function ask( id ) {
	if ( ! asked.has( id ) ) {
		// A post that nobody may ask about has no panel.
		asked.set( id, apiFetch( { path: `/wirepress/v1/provenance/${ id }` } ).catch( () => null ) );
	}
	return asked.get( id );
}

/** Where the post came from, asked once of a route of ours: null for what was written here. */
export function useProvenance() {
	const known = useAccount();
	return known?.source ? known : null;
}

/** What is known of the post's source and story; null until it is, and for who may not know. */
function useAccount() {
	const id = useSelect( ( select ) => select( editorStore ).getCurrentPostId(), [] );
	const [ known, setKnown ] = useState( null );
	useEffect( () => {
		if ( ! id ) {
			return undefined;
		}
		let left = false;
		ask( id ).then( ( found ) => ! left && setKnown( found ) );
		return () => {
			left = true;
		};
	}, [ id ] );
	return known;
}

function ProvenancePanel() {
	const known = useAccount();
	const others = useOthers( known?.id, known?.story );
	if ( ! known?.source && ! others.length ) {
		return null;
	}
	const { id, story, source, waiting, revisions } = known;
	return (
		<PluginDocumentSettingPanel
			name="provenance"
			title={ __( 'Where it came from', 'wirepress' ) }
			className="wirepress-provenance"
		>
			{ source && <Facts known={ known } /> }
			<OriginalChanges post={ id } waiting={ waiting } />
			<Story story={ story } others={ others } />
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

function Facts( { known } ) {
	const { source, url, rights, license, first_seen: firstSeen, last_checked: lastChecked } = known;
	return (
		<dl>
			<Fact name={ __( 'Source', 'wirepress' ) }>
				{ source.name }
			</Fact>
			<Fact name={ __( 'Original', 'wirepress' ) }>{ url && <MaybeLink href={ url }>{ url }</MaybeLink> }</Fact>
			<Fact name={ __( 'Rights', 'wirepress' ) }>{ rights }</Fact>
			<Fact name={ __( 'Licence', 'wirepress' ) }>
				{ license && <MaybeLink href={ license }>{ license }</MaybeLink> }
			</Fact>
			<Fact name={ __( 'First seen', 'wirepress' ) }>{ firstSeen && <Moment date={ firstSeen } /> }</Fact>
			<Fact name={ __( 'Last checked', 'wirepress' ) }>{ lastChecked && <Moment date={ lastChecked } /> }</Fact>
		</dl>
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

function Moment( { date } ) {
	return <time dateTime={ date }>{ dateI18n( getSettings().formats.datetime, date ) }</time>;
}
