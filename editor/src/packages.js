// Every package that our modules use, as an entry of its own that no page loads.  What two entries share becomes a chunk
// of its own; so the packages (6 MB) and our modules (some KB) lie in different files, and a change to ours does not
// write the packages anew.
export { default as apiFetch } from '@wordpress/api-fetch';
export { BlockControls, store as blockEditorStore, useBlockProps } from '@wordpress/block-editor';
export * as blocks from '@wordpress/blocks';
export { Button, ExternalLink, Modal, ToolbarButton, ToolbarGroup } from '@wordpress/components';
export * as coreData from '@wordpress/core-data';
export * as data from '@wordpress/data';
export { dateI18n, getSettings, setSettings } from '@wordpress/date';
export { initializeEditor } from '@wordpress/edit-post';
export { PluginDocumentSettingPanel, PluginPrePublishPanel, store as editorStore } from '@wordpress/editor';
export { createRoot, RawHTML, useMemo, useState } from '@wordpress/element';
import '@wordpress/format-library';
export * as hooks from '@wordpress/hooks';
export * as i18n from '@wordpress/i18n';
export { store as noticesStore } from '@wordpress/notices';
export { registerPlugin } from '@wordpress/plugins';
export { store as preferencesStore } from '@wordpress/preferences';
export { __unstableCreatePersistenceLayer } from '@wordpress/preferences-persistence';
export { addQueryArgs } from '@wordpress/url';
export { Fragment, jsx, jsxs } from 'react/jsx-runtime';
