/* report_style: how a report looks on a screen, on a phone and on paper. Fonts are those that an office has; nothing is fetched. */
#include "office/report_parts.h"
#include "office/svg.h"

static const char screen[] =
    ":root{color-scheme:light;"
    "--body:\"FangSong\",\"仿宋\",\"FangSong_GB2312\",\"STFangsong\",\"SimSun\",\"Songti SC\",\"Noto Serif CJK SC\",\"Source Han Serif SC\",serif;"
    "--head:\"SimHei\",\"黑体\",\"STHeiti\",\"Heiti SC\",\"Noto Sans CJK SC\",\"Source Han Sans SC\",sans-serif;"
    "--title:\"FZXiaoBiaoSong-B05S\",\"方正小标宋简体\",\"STZhongsong\",\"SimSun\",\"Songti SC\",\"Noto Serif CJK SC\",serif;"
    "--sans:\"Microsoft YaHei\",\"PingFang SC\",\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"SimHei\",sans-serif;"
    "--ink:#1a1a1a;--soft:#555;--rule:#9a9a9a;--pale:#f3f3f3;--link:#1f4e79}\n"
    ":root:lang(en){"
    "--body:Georgia,\"Times New Roman\",\"Noto Serif\",\"SimSun\",\"Noto Serif CJK SC\",serif;"
    "--head:Arial,\"Helvetica Neue\",\"Liberation Sans\",\"Noto Sans\",\"SimHei\",\"Noto Sans CJK SC\",sans-serif;"
    "--title:Georgia,\"Times New Roman\",\"Noto Serif\",\"SimSun\",\"Noto Serif CJK SC\",serif;"
    "--sans:Arial,\"Helvetica Neue\",\"Liberation Sans\",\"Noto Sans\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:58rem;background:#fff;color:var(--ink);font:1.06rem/1.75 var(--body);"
    "overflow-wrap:break-word}\n"
    "header{text-align:center;border-bottom:2px solid #b00020;padding-bottom:1rem;margin-bottom:1.5rem}\n"
    "h1{font:bold 1.75rem/1.4 var(--title);margin:.4rem 0;text-wrap:balance}\n"
    ".period{font-size:1.2rem;margin:.2rem 0}\n.made{color:var(--soft);font:.82rem/1.6 var(--sans);margin:.6rem 0 0}\n"
    "h2{font:bold 1.25rem/1.5 var(--head);margin:2.4rem 0 .8rem;border-bottom:1px solid var(--rule)}\n"
    "p{margin:.5rem 0}\nul{margin:.4rem 0;padding-left:1.6em}\nli{margin:.25rem 0}\n"
    "a{color:var(--link)}\n"
    ":root:lang(zh) main p:not(.note):not(.more){text-indent:2em}\n"
    "nav{font:.92rem/1.7 var(--sans);background:var(--pale);padding:.7rem 1rem;margin:1rem 0}\n"
    "nav ul{list-style:none;margin:.3rem 0 0;padding:0;columns:2 16em}\nnav a{text-decoration:none}\nnav a:hover{text-decoration:underline}\n"
    ".note,.more{font:.88rem/1.6 var(--sans);color:var(--soft);margin:.6rem 0}\n"
    "code{font:.88em/1.5 Consolas,\"Liberation Mono\",\"Noto Sans Mono CJK SC\",monospace;background:var(--pale);padding:.1em .3em}\n"
    "footer{margin-top:3rem;border-top:1px solid var(--rule);font:.85rem/1.6 var(--sans);color:var(--soft)}\n";

static const char tables[] =
    ".scroll,.picture{overflow-x:auto;margin:.8rem 0}\n.scroll:focus-visible{outline:2px solid var(--link)}\n"
    "table{border-collapse:collapse;width:100%;font:.88rem/1.5 var(--sans);font-variant-numeric:tabular-nums}\n"
    "caption{font:bold .95rem/1.6 var(--head);text-align:left;padding:.3rem 0}\n"
    "th,td{border:1px solid var(--rule);padding:.28rem .5rem;text-align:left;vertical-align:top}\n"
    "thead th{background:#e9eef3;font-weight:bold;vertical-align:bottom}\ntbody th{font-weight:normal}\n"
    "tbody tr:nth-child(even){background:#fafafa}\n"
    ".n{text-align:right;white-space:nowrap}\nthead .n{white-space:normal;min-width:4.2em}\nthead .n.k{white-space:nowrap;min-width:0}\n.s,.d{white-space:nowrap}\n"
    ".w{min-width:9em;overflow-wrap:anywhere}\n"
    "table.fit{width:auto;min-width:50%}\n"
    "figure{margin:1.2rem 0}\nfigcaption{font:bold .9rem/1.6 var(--head);text-align:center}\n"
    ".picture svg{min-width:34rem}\n"
    "@media (max-width:40rem){body{padding:1rem .7rem;font-size:1rem}h1{font-size:1.35rem}h2{font-size:1.12rem}}\n";

/* Headings stay with what follows; rows and pictures are not torn; a table's head stands again on every page. */
static const char paper[] =
    "@page{size:A4;margin:24mm 20mm 22mm;@bottom-center{content:\"— \" counter(page) \" —\";font:10pt serif}}\n"
    "@media print{"
    "body{max-width:none;padding:0;font-size:12pt}nav{display:none}"
    "h1{font-size:20pt}h2{font-size:14pt;break-after:avoid}caption,figcaption,.note{break-after:avoid}"
    "table{font-size:9pt}thead{display:table-header-group}tr,figure,li,.keep{break-inside:avoid}"
    "thead,thead tr{break-inside:avoid;break-after:avoid}tbody tr:first-child{break-before:avoid}tbody tr:nth-child(2){break-before:avoid}"
    "th,td{padding:.6mm 1.5mm;line-height:1.4;border-color:#666}thead th{background:#eee}tbody tr:nth-child(even){background:none}"
    "thead .n{min-width:2.8em}.w{min-width:6em}"
    ".wide{font-size:8pt}.wide .s{white-space:normal;min-width:4em}.wide tbody th.s{white-space:nowrap;min-width:0}.wide .n{min-width:0}.wide th,.wide td{padding:.6mm 1mm}"
    ".scroll,.picture{overflow:visible}.picture svg{min-width:0}"
    "a{color:inherit;text-decoration:none}"
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "}\n";

const char *const report_style[] = {screen, tables, svg_style, paper, NULL};
