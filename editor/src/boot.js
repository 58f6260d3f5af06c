// Starts the editor in #editor.
import apiFetch from '@wordpress/api-fetch';
import * as blocks from '@wordpress/blocks';
import * as coreData from '@wordpress/core-data';
import * as data from '@wordpress/data';
import { setSettings as setDates } from '@wordpress/date';
import { initializeEditor } from '@wordpress/edit-post';
import '@wordpress/format-library';
import * as hooks from '@wordpress/hooks';
import * as i18n from '@wordpress/i18n';
import { store as preferencesStore } from '@wordpress/preferences';
import { __unstableCreatePersistenceLayer as createPersistenceLayer } from '@wordpress/preferences-persistence';
import { offerClassicText } from './classic.js';
import { checkBeforePublishing } from './checks.js';
import { showFlaw } from './flaw.js';
import { showWholeLibrary } from './library.js';
import { countWhatIsShown } from './lists.js';
import { keepLock } from './lock.js';
import { showProvenance } from './panel.js';
import { keepSession } from './session.js';

export function boot( config ) {
	// For the browser's console and for tests in a browser; nothing of ours reads it.
	window.wp = { apiFetch, blocks, coreData, data, hooks, i18n };

	speakWith( config );
	if ( config.date ) {
		setDates( config.date );
	}
	if ( config.blockCategories ) {
		blocks.setCategories( config.blockCategories );
	}
	keepPreferences( config );
	offerClassicText();
	showProvenance( config.post.id );
	checkBeforePublishing();
	showFlaw( config.post.flaw );

	const { type, id, initialEdits = {} } = config.post;
	const root = initializeEditor( 'editor', type, id, settingsOf( config ), initialEdits );

	// Texts without blocks, as older articles are.  Registering the blocks leaves this out where TinyMCE is missing.
	blocks.setFreeformContentHandlerName( 'core/freeform' );
	// These two greet with pictures from wordpress.org and with patterns that a newsroom does not have.
	const { setDefaults } = data.dispatch( preferencesStore );
	setDefaults( 'core/edit-post', { welcomeGuide: false } );
	setDefaults( 'core', { enableChoosePatternModal: false } );

	if ( config.heartbeat ) {
		keepLock( config );
	}
	return root;
}

/** The way of a request to the server.  What is added last sees a request first and its answer last. */
function speakWith( { root, nonce, nonceEndpoint, preload, loginUrl, library } ) {
	apiFetch.use( apiFetch.createRootURLMiddleware( root ) );
	apiFetch.nonceMiddleware = apiFetch.createNonceMiddleware( nonce );
	apiFetch.nonceEndpoint = nonceEndpoint;
	apiFetch.use( apiFetch.nonceMiddleware );
	apiFetch.use( apiFetch.mediaUploadMiddleware );
	if ( preload ) {
		apiFetch.use( apiFetch.createPreloadingMiddleware( preload ) );
	}
	countWhatIsShown();
	keepSession( { loginUrl, nonceEndpoint } );
	if ( library === 'all' ) {
		showWholeLibrary();
	}
}

/** Has to be set before the editor starts: what it changes earlier would not be written down. */
function keepPreferences( { user, preferences } ) {
	const layer = createPersistenceLayer( preferences ?? undefined, user.id );
	data.dispatch( preferencesStore ).setPersistenceLayer( layer );
}

/** The settings, with the style sheets of the canvas where the page names them as a list of addresses. */
function settingsOf( { settings, canvasStyles } ) {
	if ( ! canvasStyles ) {
		return settings;
	}
	const links = canvasStyles.map( ( href ) => {
		const link = document.createElement( 'link' );
		link.rel = 'stylesheet';
		// The canvas is a document of its own, so addresses have to be whole ones.
		link.href = new URL( href, document.baseURI ).href;
		return link.outerHTML;
	} );
	return { ...settings, __unstableResolvedAssets: { scripts: '', styles: links.join( '' ) } };
}
