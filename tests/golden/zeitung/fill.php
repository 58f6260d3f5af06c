<?php
// WPHOST=zeitung.example.org php fill.php FOLDER_OF_WORDPRESS
//
// Fills an empty database with a newspaper that is far from the defaults: language, zone, structure, prefix, roles and
// most options, and rows that a WordPress only gets by imports, by plugins or in the course of years.  It ends with
// what `python -m tests.golden.zeitung.record` needs: the logins with their application passwords.
define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
foreach (['upgrade', 'image', 'file', 'media', 'post', 'user', 'nav-menu', 'taxonomy'] as $part) {
    require_once ABSPATH . "wp-admin/includes/$part.php";
}
global $wpdb, $wp_rewrite;
wp_install('Die Küstenzeitung „Nordlicht“', 'leitung', 'leitung@zeitung.example.org', true, '', 'leitung-REF-2');
wp_installing(false);
foreach (['posts', 'postmeta', 'comments', 'commentmeta', 'term_relationships'] as $table) {
    $wpdb->query("TRUNCATE {$wpdb->$table}");
}
wp_cache_flush();
$set = [
    'blogdescription' => 'Nachrichten von „nebenan“ & <b>anderswo</b>', 'timezone_string' => 'America/St_Johns', 'WPLANG' => 'de_DE',
    'date_format' => 'j. F Y', 'time_format' => 'G:i \U\h\r', 'start_of_week' => 0, 'posts_per_page' => 7, 'posts_per_rss' => 4,
    'rss_use_excerpt' => 1, 'thread_comments' => 1, 'thread_comments_depth' => 3, 'page_comments' => 1, 'comments_per_page' => 3,
    'default_comments_page' => 'newest', 'comment_order' => 'desc', 'comment_registration' => 0, 'require_name_email' => 0,
    'close_comments_for_old_posts' => 1, 'close_comments_days_old' => 40, 'comment_max_links' => 1, 'moderation_keys' => "kasino\n198.51.100.",
    'disallowed_keys' => 'schund', 'comment_moderation' => 1, 'comment_previously_approved' => 0, 'show_avatars' => 1, 'avatar_default' => 'retro',
    'avatar_rating' => 'PG', 'default_comment_status' => 'closed', 'default_ping_status' => 'open', 'default_post_format' => 'aside',
    'default_pingback_flag' => 0, 'use_smilies' => 0, 'uploads_use_yearmonth_folders' => 0, 'thumbnail_size_w' => 90, 'thumbnail_size_h' => 60,
    'thumbnail_crop' => 0, 'medium_size_w' => 200, 'medium_size_h' => 0, 'medium_crop' => 1, 'large_size_w' => 500, 'large_size_h' => 500,
    'large_crop' => 1, 'image_default_link_type' => 'file', 'image_default_align' => 'left', 'image_default_size' => 'large', 'fresh_site' => 0,
    'users_can_register' => 1, 'default_role' => 'lektorat', 'tag_base' => '/stichwort', 'category_base' => '/ressort', 'blog_charset' => 'UTF-8',
    'permalink_structure' => '/%year%/%category%/%postname%/', 'use_trackback' => 0, 'wp_attachment_pages_enabled' => 1,
];
foreach ($set as $name => $value) {
    update_option($name, $value);
}
add_role('lektorat', 'Lektorat & Satz', ['read' => true, 'edit_posts' => true, 'edit_others_posts' => true, 'edit_published_posts' => true,
    'read_private_posts' => true, 'moderate_comments' => true, 'edit_pages' => true, 'publish_posts' => false, 'upload_files' => true, 'level_2' => true]);
add_role('archiv', 'Archiv', ['list_users' => true, 'manage_categories' => true, 'delete_others_pages' => true, 'read_private_pages' => true]);
$wp_rewrite->init();
$wp_rewrite->set_permalink_structure('/%year%/%category%/%postname%/');
$wp_rewrite->set_category_base('/ressort');
$wp_rewrite->set_tag_base('/stichwort');
create_initial_taxonomies();
flush_rewrite_rules(false);

// ---- people
$logins = ['leitung' => 1];
foreach ([
    ['redaktion', 'editor', 'Änne Öhlmann', '2019-03-10 06:45:00'], ['schreiber', 'author', 'Sören van Æst', '2019-11-03 05:30:00'],
    ['zuarbeit', 'contributor', 'zoë', '2020-02-29 23:59:59'], ['leser', 'subscriber', 'Leser "0"', '2020-02-29 23:59:59'],
    ['lektorin', 'lektorat', 'Frau Lektorin', '2018-12-31 23:00:00'], ['archivar', 'archiv', 'Архив', '2021-01-01 00:00:00'],
    ['niemand', '', 'Niemand', '2021-01-01 00:00:00'],
] as [$login, $role, $shown, $registered]) {
    $logins[$login] = wp_insert_user(['user_login' => $login, 'user_pass' => "$login-REF-2", 'user_email' => "$login@zeitung.example.org",
        'role' => $role, 'display_name' => $shown, 'user_registered' => $registered, 'description' => "Über $shown.\nZweite <i>Zeile</i>",
        'user_url' => $login === 'schreiber' ? 'https://æst.example/?a=1&b=2' : '']);
}
get_user_by('id', $logins['lektorin'])->add_cap('delete_published_posts');
get_user_by('id', $logins['schreiber'])->add_role('archiv');
get_user_by('id', $logins['zuarbeit'])->add_cap('edit_posts', false);
update_user_meta($logins['redaktion'], 'locale', 'en_US');
$wpdb->update($wpdb->users, ['user_registered' => '2018-01-01 03:30:00'], ['ID' => 1]);
$wpdb->update($wpdb->users, ['user_nicename' => 'zuarbeit-2'], ['ID' => $logins['zuarbeit']]);
$keys = [];
foreach ($logins as $login => $id) {
    $keys[$login] = substr(str_repeat(strtoupper($login) . 'nOrd0123456789licht', 2), 0, 24);
    update_user_meta($id, '_application_passwords', [['uuid' => sprintf('00000000-0000-4000-9000-%012d', $id), 'app_id' => '', 'name' => 'zeitung',
        'password' => WP_Application_Passwords::hash_password($keys[$login]), 'created' => 1735689600, 'last_used' => null, 'last_ip' => null]]);
    clean_user_cache($id);
}
update_network_option(null, 'using_application_passwords', 1);
wp_set_current_user(1);

// ---- terms
$terms = [];
foreach ([['Küste', '', 0], ['Häfen', '', 'Küste'], ['Fähren & Boote', 'faehren', 'Häfen'], ['Politik', 'politik', 0], ['0', 'null', 0],
    ['Спорт', '', 0], ['天気', '', 'Küste'], ['Leeres', 'leeres', 0], ['politik', 'politik-klein', 'Häfen']] as [$name, $slug, $parent]) {
    $made = wp_insert_term($name, 'category', ['slug' => $slug, 'parent' => $parent ? $terms[$parent] : 0, 'description' => "Alles über <em>$name</em>"]);
    $terms[$name] = is_wp_error($made) ? 1 : $made['term_id'];
}
foreach (['Ebbe', 'Flut', 'Straße', 'C#', 'šípek', '100 %', 'العربية', str_repeat('lang', 20)] as $name) {
    $terms["#$name"] = wp_insert_term($name, 'post_tag', ['description' => $name === 'Ebbe' ? "Zeile\nzwei" : ''])['term_id'];
}
update_option('default_category', $terms['Politik']);
$categories = array_values(array_intersect_key($terms, array_flip(['Küste', 'Häfen', 'Fähren & Boote', 'Politik', '0', 'Спорт', '天気'])));
$tags = array_values(array_filter($terms, fn ($name) => str_starts_with((string) $name, '#'), ARRAY_FILTER_USE_KEY));

/** Inserts a row as an importer would: with its dates as given, whatever they are. */
function put(array $row, array $forced = []): int
{
    global $wpdb;
    $local = $row['post_date'] ?? '2025-05-01 10:00:00';
    $id = wp_insert_post(wp_slash($row + ['post_status' => 'publish', 'post_author' => 1, 'post_date' => $local]), true);
    if (is_wp_error($id)) {
        die($id->get_error_message() . json_encode($row, JSON_UNESCAPED_UNICODE));
    }
    $stored = get_post($id);
    $forced += ['post_modified' => $stored->post_date, 'post_modified_gmt' => get_gmt_from_date($stored->post_date)];
    $wpdb->update($wpdb->posts, $forced, ['ID' => $id]);
    clean_post_cache($id);
    return $id;
}

// ---- media
$media = [];
$folder = wp_upload_dir()['basedir'];
wp_mkdir_p($folder);
for ($i = 0; $i < 20; $i++) {
    $day = sprintf('2024-%02d-%02d 08:%02d:00', 1 + $i % 12, 1 + $i, $i);
    $kind = ['png', 'gif', 'txt', 'png', 'jpg'][$i % 5];
    $name = ['strand', 'ebbe & flut', 'notiz', 'weit', 'möwe'][$i % 5] . "-$i.$kind";
    $row = ['post_title' => ["Strand „{$i}“", '', 'Notiz <i>x</i>', 'Weit', 'Möwe & Co.'][$i % 5], 'post_date' => $day, 'post_status' => 'inherit',
        'post_excerpt' => $i % 2 ? "Bild $i: „ruhig“ -- <a href=\"/x\">mehr</a>" : '', 'post_content' => $i % 3 ? '' : "Absatz eins.\n\nAbsatz [zwei] ...",
        'post_author' => $i % 4 ? 1 : $logins['schreiber']];
    $file = sanitize_file_name($name);
    $there = $i % 5 !== 3 && $i < 16;
    if ($there && $kind !== 'txt') {
        $picture = imagecreatetruecolor($i === 0 ? 900 : 240 + 10 * $i, $i === 0 ? 600 : 120 + 5 * $i);
        imagefill($picture, 0, 0, imagecolorallocate($picture, 10 * $i, 80, 120));
        ['png' => 'imagepng', 'gif' => 'imagegif', 'jpg' => 'imagejpeg'][$kind]($picture, "$folder/$file");
    } elseif ($there) {
        file_put_contents("$folder/$file", "Notiz $i\n");
    }
    $type = ['png' => 'image/png', 'gif' => 'image/gif', 'txt' => 'text/plain', 'jpg' => 'image/jpeg'][$kind];
    $media[] = $id = wp_insert_attachment(wp_slash($row + ['post_mime_type' => $type, 'guid' => "https://zeitung.example.org/wp-content/uploads/$file"]),
        $i < 18 ? $file : false, 0, true);
    if ($there) {
        wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, "$folder/$file"));
    }
    if ($i % 3 === 0) {
        update_post_meta($id, '_wp_attachment_image_alt', "Möwe „{$i}“ & <See>");
    }
    $wpdb->update($wpdb->posts, ['post_modified' => $day, 'post_modified_gmt' => get_gmt_from_date($day)], ['ID' => $id]);
    clean_post_cache($id);
}

// ---- posts
$texts = ["<!-- wp:paragraph -->\n<p>Der Wind \"dreht\" auf Nordost -- 3x4 Boote...</p>\n<!-- /wp:paragraph -->", "Erste Zeile\nzweite Zeile\n\n<!--more Weiter im Text-->\n\nRest des Textes mit 'Apostroph'.",
    "<h2>Größe</h2>\n[caption width=\"200\"]<img src=\"https://zeitung.example.org/wp-content/uploads/strand-0.png\" /> Bildzeile[/caption]", 'Seite eins<!--nextpage-->Seite zwei<!--nextpage-->Seite drei :-)',
    "<!-- wp:latest-comments /--><!-- wp:post-date /--><!-- wp:categories /-->", '[gallery ids="' . $media[0] . ',' . $media[3] . ',' . $media[4] . '"]', "<!-- wp:archives /-->\n<!-- wp:tag-cloud /-->\n<!-- wp:calendar /-->",
    '<!-- wp:image {"id":' . $media[0] . ',"sizeSlug":"medium"} --><figure class="wp-block-image size-medium"><img src="https://zeitung.example.org/wp-content/uploads/strand-0-200x133.png" alt="" class="wp-image-' . $media[0] . '"/></figure><!-- /wp:image -->'];
$dates = ['2025-03-09 02:30:00', '2025-03-09 01:59:59', '2024-11-03 01:30:00', '2011-03-13 00:00:30', '1947-06-01 12:00:00', '1987-04-05 00:01:00', '1988-04-03 01:30:00', '2024-03-10 02:00:00', '1935-03-30 00:00:00', '2025-06-15 09:29:59'];
$posts = [];
for ($i = 0; $i < 40; $i++) {
    $row = ['post_title' => ["Sturm über „Køge“ $i", "Ein -- sehr 'langer' Titel, " . str_repeat('der weiter geht, ', 9) . $i, "Погода завтра $i", "台風 $i", "0", "<b>Fett</b> & mager $i"][$i % 6],
        'post_content' => $texts[$i % 8], 'post_date' => $dates[$i] ?? sprintf('202%d-%02d-%02d %02d:15:00', $i % 6, 1 + $i % 6, 1 + $i % 28, $i % 24),
        'post_author' => [1, $logins['redaktion'], $logins['schreiber'], $logins['lektorin']][$i % 4], 'post_category' => array_unique([$categories[$i % 7], $categories[($i * 3 + 1) % 7]]),
        'comment_status' => $i % 3 ? 'open' : 'closed', 'ping_status' => $i % 5 ? 'closed' : 'open', 'post_excerpt' => $i % 7 ? '' : 'Auszug "von Hand" ' . $i];
    if ($i === 11) { $row['post_password'] = '0'; }
    if ($i === 12) { $row['post_password'] = 'geheim'; }
    if ($i === 13 || $i === 14) { $row['post_status'] = 'private'; }
    if ($i === 15) { $row['post_status'] = 'future'; $row['post_date'] = '2026-03-08 02:15:00'; }
    if ($i === 16) { $row['post_status'] = 'pending'; }
    if ($i === 17) { $row['post_status'] = 'draft'; }
    $posts[] = $id = put($row);
    wp_set_object_terms($id, array_slice($tags, $i % 8, $i % 3), 'post_tag');
    if ($i % 4 === 0) { set_post_thumbnail($id, $media[0]); update_post_meta($id, '_thumbnail_id', $media[[0, 3, 18, 4][intdiv($i, 4) % 4]]); }
    if ($i > 20 && $i < 30) { set_post_format($id, ['aside', 'gallery', 'link', 'image', 'quote', 'status', 'video', 'audio', 'chat'][$i - 21]); }
}
$wpdb->update($wpdb->posts, ['post_date' => '0000-00-00 00:00:00', 'post_date_gmt' => '0000-00-00 00:00:00', 'post_modified' => '0000-00-00 00:00:00', 'post_modified_gmt' => '0000-00-00 00:00:00'], ['ID' => $posts[17]]);
$wpdb->update($wpdb->posts, ['post_date_gmt' => '0000-00-00 00:00:00'], ['ID' => $posts[18]]);
$wpdb->update($wpdb->posts, ['post_modified_gmt' => '0000-00-00 00:00:00'], ['ID' => $posts[19]]);
wp_set_object_terms($posts[20], [], 'category');
update_option('sticky_posts', [$posts[3], $posts[12], $posts[30], 99999]);
foreach ([1, 2, 3] as $turn) { wp_update_post(wp_slash(['ID' => $posts[31], 'post_content' => "Fassung $turn „neu“"])); }
$wpdb->query("UPDATE $wpdb->posts SET post_modified = '2025-06-01 08:00:00', post_modified_gmt = '2025-06-01 10:30:00' WHERE ID = {$posts[31]} OR post_type = 'revision'");
wp_trash_post($posts[32]);

// ---- pages
$pages = [];
foreach ([['Willkommen', 'willkommen', 0, 'Guten Tag.'], ['Nachrichten', 'nachrichten', 0, ''], ['Über uns', '', 0, $texts[1]], ['ご案内', '', 2, 'ようこそ'], ['Карта', '', 3, 'Карта сайта'],
    ['2024', '2024', 0, 'Jahreszahl'], ['Geheim', 'geheim', 0, 'x'], ['Intern', 'intern', 2, 'y'], ['Entwurf', '', 0, 'z'], ['Impressum', 'impressum', 0, $texts[3]]] as $i => [$title, $slug, $parent, $text]) {
    $pages[] = put(['post_type' => 'page', 'post_title' => $title, 'post_name' => $slug, 'post_parent' => $parent ? $pages[$parent] : 0, 'post_content' => $text, 'menu_order' => 9 - $i, 'comment_status' => $i === 2 ? 'open' : 'closed',
        'post_date' => "2024-07-0" . min(9, $i + 1) . ' 12:00:00', 'post_status' => [7 => 'private', 8 => 'draft'][$i] ?? 'publish', 'post_password' => $i === 6 ? '0' : '']);
}
update_post_meta($pages[9], '_wp_page_template', 'page-no-title');
update_option('show_on_front', 'page');
update_option('page_on_front', $pages[0]);
update_option('page_for_posts', $pages[1]);
update_option('wp_page_for_privacy_policy', $pages[9]);
update_option('site_icon', $media[4]);

// ---- comments
$made = [];
for ($i = 0; $i < 80; $i++) {
    $target = [$posts[1], $posts[2], $posts[8], $posts[11], $posts[13], $pages[2], $media[0], $posts[31]][$i < 20 ? 0 : $i % 8];
    $near = array_values(array_filter($made, fn ($id) => (int) get_comment($id)->comment_post_ID === $target));
    $local = sprintf('2025-05-%02d 02:30:00', 1 + intdiv($i, 5));
    $made[] = wp_insert_comment(wp_slash(['comment_post_ID' => $target, 'comment_content' => ["Guter \"Text\" $i -- danke!", "<b>Fett</b> & http://link.example/ $i", "Zeile\n\nneue Zeile $i", "日本 $i"][$i % 4],
        'comment_author' => $i % 3 ? ["Gast „{$i}“", '', 'Ümit', '0'][$i % 4] : 'redaktion', 'comment_author_email' => $i % 3 ? ($i % 2 ? "gast$i@mail.example" : '') : 'redaktion@zeitung.example.org', 'comment_author_url' => $i % 5 ? '' : 'http://gast.example/?a=1&b=2',
        'comment_author_IP' => '198.51.100.' . $i, 'comment_agent' => "Agent/$i", 'user_id' => $i % 3 ? 0 : $logins['redaktion'], 'comment_date' => $local, 'comment_date_gmt' => get_gmt_from_date($local),
        'comment_parent' => $i % 2 && $near ? $near[intdiv($i, 3) % count($near)] : 0, 'comment_approved' => [0 => '1', 9 => '0', 10 => 'spam', 12 => 'trash'][$i % 13] ?? '1', 'comment_type' => $i === 21 ? 'pingback' : ($i === 22 ? 'trackback' : 'comment')]));
}

// ---- menus, navigation, patterns, styles
$menu = wp_create_nav_menu('Haupt „Menü“');
foreach ([['menu-item-title' => 'Start & mehr', 'menu-item-url' => '/', 'menu-item-type' => 'custom'], ['menu-item-object' => 'page', 'menu-item-object-id' => $pages[4], 'menu-item-type' => 'post_type'],
    ['menu-item-object' => 'category', 'menu-item-object-id' => $terms['Häfen'], 'menu-item-type' => 'taxonomy', 'menu-item-classes' => 'a b', 'menu-item-xfn' => 'friend'], ['menu-item-object' => 'post', 'menu-item-object-id' => $posts[32], 'menu-item-type' => 'post_type']] as $item) {
    $line = wp_update_nav_menu_item($menu, 0, $item + ['menu-item-status' => 'publish', 'menu-item-parent-id' => $line ?? 0]);
}
put(['post_type' => 'wp_navigation', 'post_title' => 'Navigation', 'post_content' => '<!-- wp:page-list /-->']);
$block = put(['post_type' => 'wp_block', 'post_title' => 'Hinweis „ständig“', 'post_content' => '<!-- wp:paragraph --><p>Hinweis</p><!-- /wp:paragraph -->']);
put(['post_title' => 'Mit Muster', 'post_content' => "<!-- wp:block {\"ref\":$block} /-->", 'post_date' => '2025-04-01 12:00:00', 'post_category' => [$terms['Fähren & Boote']]]);
put(['post_type' => 'wp_global_styles', 'post_name' => 'wp-global-styles-twentytwentyfive', 'post_title' => 'Custom Styles', 'tax_input' => ['wp_theme' => ['twentytwentyfive']],
    'post_content' => '{"version":3,"isGlobalStylesUserThemeJSON":true,"settings":{"color":{"palette":{"custom":[{"slug":"meer","color":"#123456","name":"Meer"}]}}},"styles":{"color":{"text":"var(--wp--preset--color--meer)"}}}']);
update_option('widget_text', [2 => ['title' => 'Hinweis', 'text' => 'Hallo „Leser“', 'filter' => true, 'visual' => true], '_multiwidget' => 1]);
update_option('widget_block', [2 => ['content' => '<!-- wp:search /-->'], '_multiwidget' => 1]);
update_option('sidebars_widgets', ['wp_inactive_widgets' => ['text-2', 'block-2'], 'array_version' => 3]);
$wpdb->query("UPDATE $wpdb->posts SET post_modified = post_date, post_modified_gmt = post_date_gmt WHERE post_type IN ('nav_menu_item', 'wp_navigation', 'wp_block', 'wp_global_styles')");
foreach (array_keys($wpdb->get_results("SELECT term_taxonomy_id, taxonomy FROM $wpdb->term_taxonomy", OBJECT_K)) as $id) {
    wp_update_term_count_now([$id], get_term_by('term_taxonomy_id', $id)->taxonomy);
}
echo json_encode($keys), "\n";
