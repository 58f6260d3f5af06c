"""Languages by the names that WordPress gives them, each as its own speakers call it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NAMES = """
af Afrikaans|ar العربية|ary العربية المغربية|az Azərbaycan dili|bel Беларуская мова|bg_BG Български|bn_BD বাংলা
bs_BA Bosanski|ca Català|cs_CZ Čeština|cy Cymraeg|da_DK Dansk|de_AT Deutsch (Österreich)|de_CH Deutsch (Schweiz)
de_DE Deutsch|el Ελληνικά|en_AU English (Australia)|en_CA English (Canada)|en_GB English (UK)
en_NZ English (New Zealand)|en_US English (United States)|en_ZA English (South Africa)|eo Esperanto
es_AR Español de Argentina|es_CL Español de Chile|es_CO Español de Colombia|es_ES Español|es_MX Español de México
et Eesti|eu Euskara|fa_IR فارسی|fi Suomi|fr_BE Français de Belgique|fr_CA Français du Canada|fr_FR Français
gd Gàidhlig|gl_ES Galego|he_IL עִבְרִית|hi_IN हिन्दी|hr Hrvatski|hu_HU Magyar|hy Հայերեն|id_ID Bahasa Indonesia
is_IS Íslenska|it_IT Italiano|ja 日本語|ka_GE ქართული|kk Қазақ тілі|ko_KR 한국어|lt_LT Lietuvių kalba
lv Latviešu valoda|mk_MK Македонски јазик|mn Монгол|ms_MY Bahasa Melayu|nb_NO Norsk bokmål|nl_BE Nederlands (België)
nl_NL Nederlands|nn_NO Norsk nynorsk|pl_PL Polski|pt_BR Português do Brasil|pt_PT Português|ro_RO Română
ru_RU Русский|sk_SK Slovenčina|sl_SI Slovenščina|sq Shqip|sr_RS Српски језик|sv_SE Svenska|sw Kiswahili|ta_IN தமிழ்
th ไทย|tr_TR Türkçe|uk Українська|ur اردو|uz_UZ O‘zbekcha|vi Tiếng Việt|zh_CN 简体中文|zh_HK 香港中文|zh_TW 繁體中文
"""

NAMES: Mapping[str, str] = MappingProxyType(
    {
        locale: name
        for line in _NAMES.strip().split("\n")
        for entry in line.split("|")
        for locale, name in [entry.split(" ", 1)]
    }
)


def name_of(locale: str) -> str:
    """What a language is called; one that is not known by its code."""
    return NAMES.get(locale, locale)
