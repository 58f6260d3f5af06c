"""The names of the months in the languages that pages and feeds are written in."""

from __future__ import annotations

from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            (
                "jan january januar jänner janvier janv enero ene gennaio gen januari janeiro styczeń stycznia "
                "sty января янв tammikuu tammikuuta ocak oca leden ledna január januára ianuarie ιανουάριος "
                "ιανουαρίου ιαν січень січня січ януари siječanj siječnja јануар gener sausio janvāris jaanuar "
                "يناير ژانویه जनवरी januári"
            ),
            (
                "feb february februar février févr fév febrero febbraio februari fevereiro fev luty lutego лютий "
                "лютого лют февраля фев helmikuu helmikuuta şubat şub únor února február februára februarie "
                "φεβρουάριος φεβρουαρίου φεβ февруари veljača veljače фебруар febrer vasario februāris veebruar "
                "فبراير فوریه फ़रवरी februári pebruari"
            ),
            (
                "mar march märz mrz mär mars marzo maart mrt março marzec marca марта мар marts maaliskuu "
                "maaliskuuta mart března březen marec március márc martie μάρτιος μαρτίου μαρ березень березня "
                "бер март ožujak ožujka març kovo märts مارس मार्च maret mac"
            ),
            (
                "apr april avril avr abril abr aprile kwiecień kwietnia kwi апреля апр huhtikuu huhtikuuta nisan "
                "nis duben dubna apríl apríla április ápr aprilie απρίλιος απριλίου απρ квітень квітня кві април "
                "travanj travnja balandžio aprīlis aprill أبريل آوریل अप्रैल"
            ),
            (
                "may mai mayo maggio mag mei maio maj maja мая май toukokuu toukokuuta mayıs květen května máj "
                "mája május μάιος μαΐου μαΐ травень травня тра svibanj svibnja мај maig gegužės maijs مايو مه मई"
            ),
            (
                "jun june juni juin junio giugno giu junho czerwiec czerwca cze июня июн kesäkuu kesäkuuta "
                "haziran haz červen června jún júna június iunie ιούνιος ιουνίου ιουν червень червня чер юни "
                "lipanj lipnja јун juny birželio jūnijs juuni يونيو ژوئن जून"
            ),
            (
                "jul july juli juillet juil julio luglio lug julho lipiec lipca lip июля июл heinäkuu heinäkuuta "
                "temmuz tem červenec července júl júla július iulie ιούλιος ιουλίου ιουλ липень липня лип юли "
                "srpanj srpnja јул juliol liepos jūlijs juuli يوليو ژوئیه जुलाई"
            ),
            (
                "aug august août aoû agosto ago augustus sierpień sierpnia sie августа авг elokuu elokuuta "
                "ağustos ağu srpen srpna augusta augusztus αύγουστος αυγούστου αυγ серпень серпня сер август "
                "kolovoz kolovoza avgust agost rugpjūčio augusts أغسطس اوت अगस्त agustus ogos augusti"
            ),
            (
                "sep sept september septembre septiembre settembre set setembro wrzesień września wrz сентября "
                "сен syyskuu syyskuuta eylül eyl září septembra szeptember szept septembrie σεπτέμβριος "
                "σεπτεμβρίου σεπ вересень вересня вер септември rujan rujna септембар setembre rugsėjo septembris "
                "سبتمبر سپتامبر सितंबर"
            ),
            (
                "oct october oktober okt octobre octubre ottobre ott outubro out październik października paź "
                "октября окт lokakuu lokakuuta ekim eki říjen října október októbra octombrie οκτώβριος οκτωβρίου "
                "οκτ жовтень жовтня жов октомври октобар spalio oktobris oktoober أكتوبر اکتبر अक्तूबर अक्टूबर"
            ),
            (
                "nov november novembre noviembre novembro listopad listopada lis listopadu ноября ноя marraskuu "
                "marraskuuta kasım kas novembra noiembrie νοέμβριος νοεμβρίου νοε листопад листопада лис ноември "
                "studeni studenoga новембар lapkričio novembris نوفمبر نوامبر नवंबर nopember"
            ),
            (
                "dec december dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru "
                "декабря дек joulukuu joulukuuta aralık ara prosinec prosince decembra decembrie δεκέμβριος "
                "δεκεμβρίου δεκ грудень грудня гру декември prosinac prosinca децембар desembre gruodžio "
                "decembris detsember desember ديسمبر دسامبر दिसंबर disember des"
            ),
        ),
        1,
    )
    for name in names.split()
}
"""By name, in lower case and without a full stop: in full, as dates say it, and short (Unicode CLDR, `months`).

Where two languages mean two months by one name (`listopad`), it is that of the language that more pages are in.
"""
