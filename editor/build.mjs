// Builds the editor's bundle: `node build.mjs [FOLDER]`; without a folder, into the package that serves it.
//
// The output depends on nothing but this folder and the lock file: no dates, no absolute paths, no order of a file
// system.  `make editor-check` relies on that.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { licences } from './licences.mjs';

const HERE = path.dirname( fileURLToPath( import.meta.url ) );
const SHIPPED = path.join( HERE, '../src/wirepress/admin/static/editor' );
const out = path.resolve( process.argv[ 2 ] ?? SHIPPED );

// The ES modules of @wordpress/editor import react-autosize-textarea, which is CommonJS marked as `__esModule`.  From a
// .mjs file a bundler gives such an import Node's meaning (the default is all of `module.exports`), and the code editor
// would be handed an object where it needs a component.  This unwraps the default.
const unwrapTextarea = {
	name: 'unwrap-textarea',
	setup( { onResolve, onLoad } ) {
		onResolve( { filter: /^react-autosize-textarea$/ }, ( { path: name, namespace, resolveDir } ) =>
			namespace === 'unwrap' ? undefined : { path: name, namespace: 'unwrap', pluginData: resolveDir }
		);
		onLoad( { filter: /.*/, namespace: 'unwrap' }, ( { path: name, pluginData: resolveDir } ) => ( {
			contents: `module.exports = require( '${ name }' ).default;`,
			resolveDir,
			loader: 'js',
		} ) );
	},
};

// Two workers that resize pictures and convert videos in the browser: 16 MB of WebAssembly.  The editor loads them only
// when the page sets `__clientSideMediaProcessing`, which ours never does: the server makes the sizes.
const stubWorkers = {
	name: 'stub-workers',
	setup( { onResolve, onLoad } ) {
		onResolve( { filter: /^@wordpress\/(vips|video-conversion)\/worker$/ }, ( { path: name } ) => ( {
			path: name,
			namespace: 'stub',
		} ) );
		onLoad( { filter: /.*/, namespace: 'stub' }, () => ( { contents: 'export default {};', loader: 'js' } ) );
	},
};

const common = {
	absWorkingDir: HERE,
	bundle: true,
	minify: true,
	metafile: true,
	charset: 'utf8',
	outdir: out,
	target: 'es2022',
	entryNames: '[name]-[hash]',
	chunkNames: 'chunk-[hash]',
	assetNames: '[name]-[hash]',
	legalComments: 'linked',
	loader: { '.js': 'jsx', '.svg': 'dataurl', '.png': 'file', '.woff2': 'file' },
	logLevel: 'warning',
};

rmSync( out, { recursive: true, force: true } );
mkdirSync( out, { recursive: true } );
const scripts = await build( {
	...common,
	entryPoints: { editor: 'src/main.js', packages: 'src/packages.js' },
	format: 'esm',
	splitting: true,
	jsx: 'automatic',
	define: {
		'process.env.NODE_ENV': '"production"',
		'globalThis.IS_GUTENBERG_PLUGIN': 'false',
		'globalThis.IS_WORDPRESS_CORE': 'true',
		'globalThis.SCRIPT_DEBUG': 'false',
	},
	plugins: [ unwrapTextarea, stubWorkers ],
} );
const styles = await build( { ...common, entryPoints: { editor: 'src/editor.css', canvas: 'src/canvas.css' } } );

const outputs = {};
for ( const { metafile } of [ scripts, styles ] ) {
	for ( const [ file, output ] of Object.entries( metafile.outputs ) ) {
		outputs[ path.basename( file ) ] = output;
	}
}
// The second entry was there to be shared with, not to be loaded.
const packages = outputOf( 'src/packages.js' );
rmSync( path.join( out, packages ) );
delete outputs[ packages ];

write( 'LICENSES.txt', licences( HERE, Object.values( outputs ) ) );
for ( const name of written() ) {
	if ( /\.(js|css|svg)$/.test( name ) ) {
		pack( name );
	}
}
write( 'manifest.json', JSON.stringify( manifest(), null, '\t' ) + '\n' );

/** What the page has to know: the hashed names, what to load ahead, what its policy must allow; and all files' hashes. */
function manifest() {
	const entries = {
		'editor.js': outputOf( 'src/main.js' ),
		'editor.css': outputOf( 'src/editor.css' ),
		'canvas.css': outputOf( 'src/canvas.css' ),
	};
	const files = {};
	for ( const name of written() ) {
		files[ name ] = createHash( 'sha256' ).update( readFileSync( path.join( out, name ) ) ).digest( 'hex' );
	}
	return { entries, preload: neededAtOnce( entries[ 'editor.js' ] ), inlineScripts: inlineScripts(), files };
}

/**
 * The hashes of the inline scripts that the editor writes into documents which have the page's Content-Security-Policy:
 * one into its canvas, a `blob:` document, and one into the frames that show embeds and HTML, which reports their height.
 */
function inlineScripts() {
	const scripts = written().filter( ( name ) => name.endsWith( '.js' ) );
	const text = scripts.map( ( name ) => readFileSync( path.join( out, name ), 'utf8' ) ).join( '\n' );
	const canvas = text.match( /<body><script>([^<`]+)</ );
	// The second is a function that is written as it stands in the bundle: `(${name.toString()})();`.
	const name = text.match( /`\(\$\{([\w$]+)\.toString\(\)\}\)\(\);`/ )?.[ 1 ];
	const sandbox = name && functionAt( text, text.indexOf( `${ name }=function(){` ) + name.length + 1 );
	if ( ! canvas || ! sandbox ) {
		throw new Error( 'The editor writes other inline scripts now: see inlineScripts in build.mjs' );
	}
	return [ canvas[ 1 ], `(${ sandbox })();` ].map(
		( script ) => `sha256-${ createHash( 'sha256' ).update( script ).digest( 'base64' ) }`
	);
}

/** The source of the function that begins at `start`: up to the first brace at which it is one. */
function functionAt( text, start ) {
	for ( let end = start; ( end = text.indexOf( '}', end ) + 1 ) > 0; ) {
		try {
			new Function( `return ${ text.slice( start, end ) }` );
			return text.slice( start, end );
		} catch {
			// It goes on.
		}
	}
	return null;
}

function outputOf( source ) {
	return Object.keys( outputs ).find( ( name ) => outputs[ name ].entryPoint === source );
}

/**
 * The modules that the editor cannot start without, for `modulepreload`: what the entry and the boot module that it
 * loads import, all the way down.  Without a hint the browser would find them one after the other.
 */
function neededAtOnce( entry ) {
	const found = new Set( [ entry, outputOf( 'src/boot.js' ) ] );
	for ( const name of found ) {
		for ( const { path: file, kind } of outputs[ name ].imports ) {
			if ( kind === 'import-statement' ) {
				found.add( path.basename( file ) );
			}
		}
	}
	found.delete( entry );
	return [ ...found ].sort();
}

/** The packed forms a server hands out as they are.  Byte 9 of gzip names the system it was packed on: Unix, always. */
function pack( name ) {
	const bytes = readFileSync( path.join( out, name ) );
	if ( bytes.length < 1024 ) {
		return; // fits into a packet as it is
	}
	const zipped = gzipSync( bytes, { level: 9 } );
	zipped[ 9 ] = 3;
	write( `${ name }.gz`, zipped );
	const params = {
		[ constants.BROTLI_PARAM_QUALITY ]: 11,
		[ constants.BROTLI_PARAM_LGWIN ]: 24,
		[ constants.BROTLI_PARAM_SIZE_HINT ]: bytes.length,
	};
	write( `${ name }.br`, brotliCompressSync( bytes, { params } ) );
}

function write( name, contents ) {
	writeFileSync( path.join( out, name ), contents );
}

function written() {
	return readdirSync( out ).sort();
}
