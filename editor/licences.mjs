// Who wrote what is in the bundle, and under which licence.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const HEAD = `The editor's bundle is made of the npm packages below, and of the modules in editor/src of Wirepress
(GPL-3.0-or-later). The packages named @wordpress/... are under GPL-2.0-or-later; together with them the bundle is under
GPL-3.0-or-later. The source of each package is the version named here, at https://registry.npmjs.org/; how they are
put together stands in the folder "editor" of the source of Wirepress. First the packages, then the texts of their
licences; equal texts are printed once.
`;
const RULE = '\n' + '-'.repeat( 80 ) + '\n\n';
const TEXT = /^(licen[cs]e|copying)([-.].*)?$/i;

/** The text of LICENSES.txt; `outputs` are esbuild's descriptions of what it wrote. */
export function licences( root, outputs ) {
	const packages = folders( outputs ).map( ( folder ) => describe( root, folder ) );
	packages.sort( ( a, b ) => compare( a.name, b.name ) || compare( a.version, b.version ) );
	const lines = packages.map( ( one ) => `${ title( one ) }: ${ one.license }` );
	const named = new Map();
	for ( const one of packages ) {
		named.set( one.text, [ ...( named.get( one.text ) ?? [] ), title( one ) ] );
	}
	const texts = [ ...named ].map( ( [ text, titles ] ) => `${ titles.join( '\n' ) }\n\n${ text }\n` );
	return [ HEAD + '\n' + lines.join( '\n' ) + '\n', ...texts ].join( RULE );
}

/** The folders of the packages of which at least a byte was written. */
function folders( outputs ) {
	const found = new Set();
	for ( const { inputs } of outputs ) {
		for ( const [ input, { bytesInOutput } ] of Object.entries( inputs ) ) {
			const inside = input.match( /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/ );
			if ( inside && bytesInOutput > 0 ) {
				found.add( inside[ 0 ] );
			}
		}
	}
	return [ ...found ];
}

function describe( root, folder ) {
	const about = JSON.parse( readFileSync( path.join( root, folder, 'package.json' ), 'utf8' ) );
	const { name, version } = about;
	// Older packages list their licences, as npm once asked for.
	const license = about.license ?? about.licenses?.map( ( { type } ) => type ).join( ' OR ' );
	if ( ! license ) {
		throw new Error( `${ name } ${ version } names no licence` );
	}
	const files = readdirSync( path.join( root, folder ) )
		.filter( ( file ) => TEXT.test( file ) )
		.sort();
	const texts = files.map( ( file ) => plain( readFileSync( path.join( root, folder, file ), 'utf8' ) ) );
	return { name, version, license, text: texts.join( '\n\n' ) || withoutText( root, about, license ) };
}

/** Some packages name their licence and leave its text out; editor/licences holds the usual words of those licences. */
function withoutText( root, { name, author }, license ) {
	const file = path.join( root, 'licences', `${ license }.txt` );
	if ( ! existsSync( file ) ) {
		throw new Error( `${ name } comes without the text of ${ license }: put it into editor/licences` );
	}
	const who = typeof author === 'string' ? author : author?.name;
	return `Copyright (c) ${ who ?? `the authors of ${ name }` }\n\n${ plain( readFileSync( file, 'utf8' ) ) }`;
}

function plain( text ) {
	return text.replace( /^\uFEFF/, '' ).replace( /\r\n?/g, '\n' ).replace( /[ \t]+$/gm, '' ).trim();
}

function title( { name, version } ) {
	return `${ name } ${ version }`;
}

/** By code unit: what a locale makes of an order is not the same everywhere. */
function compare( a, b ) {
	return a < b ? -1 : Number( a > b );
}
