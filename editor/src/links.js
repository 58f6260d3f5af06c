// Links to what a source says of itself.
import { ExternalLink } from '@wordpress/components';

/** What a source says of itself may be anything; only web addresses become links. */
export function MaybeLink( { href, children } ) {
	return /^https?:\/\//i.test( href ?? '' ) ? <ExternalLink href={ href }>{ children }</ExternalLink> : children;
}
