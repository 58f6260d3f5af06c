// What the original of an article has changed and nobody has decided upon yet: part of the panel of where it came from.
import apiFetch from '@wordpress/api-fetch';
import { Button } from '@wordpress/components';
import { useSelect } from '@wordpress/data';
import { dateI18n, getSettings } from '@wordpress/date';
import { store as editorStore } from '@wordpress/editor';
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';

const ROUTE = '/wirepress/v1/original-changes';

/** The changes that wait, newest first; `waiting` is how many the panel knows of. */
export function OriginalChanges( { post, waiting } ) {
	const [ changes, setChanges ] = useState( [] );
	const [ problem, setProblem ] = useState( '' );
	const [ isBusy, setBusy ] = useState( false );
	const isDirty = useSelect( ( select ) => select( editorStore ).isEditedPostDirty(), [] );

	useEffect( () => {
		let left = false;
		if ( waiting ) {
			apiFetch( { path: `${ ROUTE }?post=${ post }&waiting=true&per_page=100` } )
				.then( ( found ) => ! left && setChanges( found ) )
				.catch( ( error ) => ! left && setProblem( error.message ) );
		}
		return () => {
			left = true;
		};
	}, [ post, waiting ] );

	const decide = ( change, verb, field ) => {
		setBusy( true );
		setProblem( '' );
		return apiFetch( { path: `${ ROUTE }/${ change.id }/${ verb }`, method: 'POST', data: { fields: [ field ] } } )
			.then( ( after ) => {
				setChanges( ( known ) => known.map( ( one ) => ( one.id === after.id ? after : one ) ) );
				if ( verb === 'take-over' ) {
					// The editor holds the post as it was; nothing of its own is unsaved here.
					window.location.reload();
				}
			} )
			.catch( ( error ) => setProblem( error.message ) )
			.finally( () => setBusy( false ) );
	};

	const open = changes.filter( ( change ) => change.waiting );
	if ( ! open.length && ! problem ) {
		return null;
	}
	return (
		<div className="wirepress-changes">
			<h3>{ __( 'The original has changed', 'wirepress' ) }</h3>
			{ problem && <p role="alert">{ problem }</p> }
			{ isDirty && <p>{ __( 'Save what you have written before you take something over.', 'wirepress' ) }</p> }
			{ open.map( ( change ) => (
				<Change
					key={ change.id }
					change={ change }
					isBusy={ isBusy }
					mayTake={ ! isDirty }
					decide={ ( verb, field ) => decide( change, verb, field ) }
				/>
			) ) }
		</div>
	);
}

function Change( { change, isBusy, mayTake, decide } ) {
	const { date, fields, revision } = change;
	return (
		<section>
			<p>
				<time dateTime={ date }>{ dateI18n( getSettings().formats.datetime, date ) }</time>
				{ revision && (
					<>
						{ ' · ' }
						<a href={ revision.href }>{ __( 'Compare', 'wirepress' ) }</a>
					</>
				) }
			</p>
			<ul>
				{ fields
					.filter( ( { state } ) => state === 'offered' )
					.map( ( { name, value } ) => (
						<li key={ name }>
							<strong>{ labelOf( name ) }</strong>
							<Value name={ name } value={ value } />
							<div className="wirepress-changes__deciding">
								<Button
									variant="secondary"
									size="small"
									accessibleWhenDisabled
									disabled={ isBusy || ! mayTake }
									onClick={ () => decide( 'take-over', name ) }
									aria-label={ sprintf(
										/* translators: %s: what it is of the article, such as its title. */
										__( 'Take over: %s', 'wirepress' ),
										labelOf( name )
									) }
								>
									{ __( 'Take over', 'wirepress' ) }
								</Button>
								<Button
									variant="tertiary"
									size="small"
									accessibleWhenDisabled
									disabled={ isBusy }
									onClick={ () => decide( 'keep', name ) }
									aria-label={ sprintf(
										/* translators: %s: what it is of the article, such as its title. */
										__( 'Keep ours: %s', 'wirepress' ),
										labelOf( name )
									) }
								>
									{ __( 'Keep ours', 'wirepress' ) }
								</Button>
							</div>
						</li>
					) ) }
			</ul>
		</section>
	);
}

/** What came, where it fits into a panel: a text is compared on a page of its own. */
function Value( { name, value } ) {
	if ( name === 'content' || name === 'featured_media' || value === null ) {
		return null;
	}
	return <p>{ Array.isArray( value ) ? value.join( ', ' ) : String( value ) }</p>;
}

function labelOf( name ) {
	const labels = {
		title: __( 'Title', 'wirepress' ),
		content: __( 'Text', 'wirepress' ),
		excerpt: __( 'Excerpt', 'wirepress' ),
		categories: __( 'Categories', 'wirepress' ),
		tags: __( 'Tags', 'wirepress' ),
		featured_media: __( 'Featured picture', 'wirepress' ),
		author: __( 'Author', 'wirepress' ),
		date: __( 'Date', 'wirepress' ),
	};
	return labels[ name ] ?? name;
}
