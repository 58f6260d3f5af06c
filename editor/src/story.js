// Who else tells what an article tells: part of the panel of where it came from.
import apiFetch from '@wordpress/api-fetch';
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { MaybeLink } from './links.js';

const ROUTE = '/wirepress/v1/stories';

/** The other articles of the story that a post is in; none while there is no story, and for who may not see stories. */
export function useOthers( post, story ) {
	const [ others, setOthers ] = useState( [] );
	useEffect( () => {
		let left = false;
		setOthers( [] );
		if ( story ) {
			apiFetch( { path: `${ ROUTE }/${ story }` } )
				.then( ( found ) => ! left && setOthers( found.articles.filter( ( one ) => one.post !== post ) ) )
				.catch( () => {} );
		}
		return () => {
			left = true;
		};
	}, [ post, story ] );
	return others;
}

export function Story( { story, others } ) {
	if ( ! others.length ) {
		return null;
	}
	return (
		<div className="wirepress-story">
			<h3>{ __( 'Told by others too', 'wirepress' ) }</h3>
			<ul>
				{ others.map( ( article ) => (
					<li key={ article.id }>
						<Article article={ article } />
					</li>
				) ) }
			</ul>
			<p>
				<a href={ `admin.php?page=stories&story=${ story }` }>{ __( 'Merge or split the story', 'wirepress' ) }</a>
			</p>
		</div>
	);
}

function Article( { article } ) {
	const { post, title, url, likeness, source_name: source } = article;
	const name = title || url || __( '(no title)', 'wirepress' );
	return (
		<>
			{ post ? <a href={ `post.php?post=${ post }&action=edit` }>{ name }</a> : <MaybeLink href={ url }>{ name }</MaybeLink> }
			{ source && <div>{ source }</div> }
			{ ! post && <div>{ __( 'Not taken: its text is here already.', 'wirepress' ) }</div> }
			{ likeness > 0 && (
				<div>
					{ sprintf(
						/* translators: %d: how much of the shorter text is in the longer one, in percent. */
						__( '%d %% of the text in common', 'wirepress' ),
						likeness
					) }
				</div>
			) }
		</>
	);
}
