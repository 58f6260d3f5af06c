// Whether the committed files are what this folder builds: `node check.mjs`.  Names those that are not.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const HERE = path.dirname( fileURLToPath( import.meta.url ) );
const SHIPPED = path.join( HERE, '../src/wirepress/admin/static/editor' );
const UNPACK = { '.gz': gunzipSync, '.br': brotliDecompressSync };

const built = mkdtempSync( path.join( tmpdir(), 'wirepress-editor-' ) );
try {
	execFileSync( process.execPath, [ path.join( HERE, 'build.mjs' ), built ], { stdio: 'inherit' } );
	const names = [ ...new Set( [ ...readdirSync( SHIPPED ), ...readdirSync( built ) ] ) ].sort();
	const wrong = names.map( problemOf ).filter( Boolean );
	for ( const words of wrong ) {
		console.error( words );
	}
	console.log( `${ names.length } files, ${ wrong.length } differ` );
	process.exitCode = wrong.length ? 1 : 0;
} finally {
	rmSync( built, { recursive: true, force: true } );
}

function problemOf( name ) {
	const [ committed, made ] = [ SHIPPED, built ].map( ( folder ) => read( path.join( folder, name ) ) );
	if ( committed === null ) {
		return `${ name }: not committed`;
	}
	if ( made === null ) {
		return `${ name }: committed, but not built`;
	}
	if ( sha256( committed ) === sha256( made ) ) {
		return null;
	}
	if ( sha256( meant( name, committed ) ) === sha256( meant( name, made ) ) ) {
		console.log( `${ name }: packed by another version of zlib; the contents are the same` );
		return null;
	}
	return `${ name }: ${ sha256( committed ) } is committed, ${ sha256( made ) } is built`;
}

/**
 * What a file means, where that is not its bytes.  Packers are not the same in every Node and on every processor, so a
 * packed file stands for what it unpacks to, and the manifest for all but the hashes of packed files.
 */
function meant( name, bytes ) {
	const unpack = UNPACK[ path.extname( name ) ];
	if ( unpack ) {
		return unpack( bytes );
	}
	if ( name === 'manifest.json' ) {
		const { files, ...rest } = JSON.parse( bytes );
		return JSON.stringify( [ rest, Object.entries( files ).filter( ( [ file ] ) => ! ( path.extname( file ) in UNPACK ) ) ] );
	}
	return bytes;
}

function read( file ) {
	try {
		return readFileSync( file );
	} catch ( error ) {
		if ( error.code === 'ENOENT' ) {
			return null;
		}
		throw error;
	}
}

function sha256( bytes ) {
	return createHash( 'sha256' ).update( bytes ).digest( 'hex' );
}
