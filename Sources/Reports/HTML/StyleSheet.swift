import Charts

/// How a report looks: written once, inside the page.
enum StyleSheet {
  static let report =
    """
    :root{color-scheme:light dark;\(Palette.light.declarations);--measure:42rem;--gap:1.25rem;\
    --sans:"Source Sans 3","Noto Sans","Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif;\
    --serif:"Source Serif 4",Charter,"Iowan Old Style","Noto Serif",Cambria,Georgia,serif;\
    --mono:"Source Code Pro","Noto Sans Mono","SF Mono",Consolas,"DejaVu Sans Mono",monospace}
    @media screen and (prefers-color-scheme:dark){:root{\(Palette.dark.declarations)}}
    \(page)
    \(opening)
    \(evidence)
    \(appendix)
    \(Chart.styleSheet)
    \(narrow)
    \(paper)
    """

  private static let page = """
    *,*::before,*::after{box-sizing:border-box}
    html{font:400 106.25%/1.6 var(--sans);font-variant-numeric:tabular-nums lining-nums;color:var(--ink);\
    background:var(--paper);-webkit-text-size-adjust:100%;text-size-adjust:100%;hanging-punctuation:first}
    body{margin:0 auto;padding:0 var(--gap) 5rem;max-width:calc(59rem + 2*var(--gap))}
    header,footer,nav,section>h2,section>h3,section>p,section>ul,section>ol,section>dl,section>details,.caveat\
    {max-width:var(--measure)}
    h1,h2,.lede,.value{font-family:var(--serif)}
    h1,h2,h3,.lede{text-wrap:balance}
    h1,h2,h3,p,li,dt,dd{overflow-wrap:break-word}
    p,li,dd,.sentence{text-wrap:pretty}
    p{margin:0 0 1em}
    h1{font-size:clamp(2.3rem,1.5rem + 4vw,3.6rem);line-height:1.06;font-weight:600;letter-spacing:-.018em;margin:.3em 0 .45em}
    h2{font-size:1.7rem;line-height:1.2;font-weight:600;letter-spacing:-.01em;margin:4.5rem 0 1rem}
    h3{font-size:1.125rem;line-height:1.35;font-weight:600;margin:2.4rem 0 .5rem}
    a{color:var(--accent);text-decoration-thickness:.06em;text-underline-offset:.18em}
    a:hover{text-decoration-thickness:.12em}
    :focus-visible{outline:3px solid var(--norm);outline-offset:3px;border-radius:2px}
    :target{scroll-margin-top:1.5rem}
    code{font:500 .84em/1.4 var(--mono);font-feature-settings:"zero"}
    small{font-size:.9062rem}
    .skip{position:absolute;top:0;left:0;transform:translateY(-150%);padding:.7rem 1.1rem;background:var(--ink);\
    color:var(--paper);z-index:1}
    .skip:focus{transform:none}
    """

  private static let opening = """
    header{padding-top:1.2rem}
    .translation{margin:0;text-align:right;font-size:.9375rem}
        .translation a{display:inline-block;padding:.25rem 0}
    .kicker{margin:1.2rem 0 0;color:var(--norm);font-size:.9375rem;font-weight:600}
    .lede{margin:0;font-size:1.34rem;line-height:1.5;color:var(--soft)}
    .facts{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;margin:2.4rem 0 0;padding:1.1rem 0 1.2rem;\
    border-block:1px solid var(--rule)}
    .facts dt{font-size:.875rem;color:var(--soft);line-height:1.4}
    .facts dd{margin:0;font-weight:600;line-height:1.45}
    .keys ol{display:grid;grid-template-columns:fit-content(13rem) minmax(0,1fr);column-gap:1.6rem;list-style:none;margin:0;padding:0}
    .keys li{display:grid;grid-template-columns:subgrid;grid-column:1/-1}
    .keys li+li{border-top:1px solid var(--rule)}
    .keys li p{display:grid;grid-template-columns:subgrid;grid-column:1/-1;align-items:baseline;margin:0;\
    padding:1.05rem 0 1.15rem}
    .value{font-size:1.8rem;line-height:1.1;font-weight:600;letter-spacing:-.015em;color:var(--accent);text-align:right}
    .sentence strong{font-weight:600}
    .note{display:block;margin:.3rem 0 0;color:var(--soft);line-height:1.65}
    .keys .chip{margin-left:.25rem;font-size:.875rem;line-height:1.35}
    .contents{margin-top:4.5rem;padding:1.2rem 0 1.3rem;border-block:1px solid var(--rule)}
    .contents h2{font:600 .9375rem/1.4 var(--sans);letter-spacing:0;color:var(--soft);margin:0 0 .4rem}
    .contents ol{margin:0;padding:0;list-style:none}
    .contents a{display:inline-block;padding:.2rem 0;line-height:1.45;text-decoration-color:var(--rule)}
    """

  private static let evidence = """
    figure{margin:2rem 0 0;padding:1.7rem 1.6rem 1.1rem;background:var(--card);border:1px solid var(--rule);border-radius:.5rem}
    figcaption h3{font-size:1.25rem;line-height:1.3;margin:0;max-width:var(--measure)}
    .subtitle{margin:.25rem 0 1.6rem;color:var(--soft);font-size:.9688rem;line-height:1.45;max-width:var(--measure)}
    .chart.narrow{display:none}
    .source,.legend{margin:1.2rem 0 0;color:var(--soft);font-size:.9062rem;line-height:1.55;max-width:var(--measure)}
    .legend{margin-top:.7rem}
    .legend span{display:inline-block}
    .legend b{color:var(--ink)}
    .chip{display:inline-block;padding:.12rem .6rem;border:1px solid var(--rule);border-radius:1rem;line-height:1.5;\
    white-space:nowrap;color:inherit;text-decoration:none}
    a.chip{color:var(--accent)}
    a.chip:hover{border-color:var(--accent)}
    details{margin-top:.55rem}
    .source+details{margin-top:1.1rem}
    figure details{border-top:1px solid var(--rule);margin-top:0;padding:.1rem 0}
    figure .source{margin-bottom:1rem}
    summary{display:list-item;padding:.5rem 0;color:var(--accent);font-weight:600;font-size:.9688rem;line-height:1.5;cursor:pointer}
    details p{max-width:var(--measure);margin:.2rem 0 1rem}
    details .source,details .legend{margin:.7rem 0 1rem}
    .caveat{margin:1.8rem 0 0;padding:1.2rem 1.5rem 1.3rem;background:var(--note);border-left:.25rem solid var(--norm);\
    border-radius:0 .4rem .4rem 0}
    .caveat h3{font-size:1rem;margin:0 0 .35rem;color:var(--norm)}
    .caveat p:last-child{margin-bottom:0}
    .block{margin:2rem 0 0}
    .scroll{overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;min-width:min(100%,var(--measure));font-size:.9688rem;line-height:1.45}
    caption{text-align:left;font-weight:600;padding:0 0 .6rem}
    th,td{padding:.5rem 0 .5rem 1.6rem;text-align:right;vertical-align:baseline;font-weight:400;border-bottom:1px solid var(--rule)}
    thead th{font-weight:600;font-size:.9062rem;color:var(--soft);vertical-align:bottom;border-bottom:1.5px solid var(--ink)}
    th[scope=row],th.leading,td.leading{text-align:left}
    th:first-child{padding-left:0}
    td{white-space:nowrap}
    td.leading{white-space:normal;min-width:7.5rem}
    .part th[scope=row]{padding-left:1.2rem;color:var(--soft)}
    .total th,.total td{font-weight:600;border-top:1.5px solid var(--ink)}
    abbr{text-decoration:none;font-style:italic;color:var(--soft);cursor:help}
    """

  private static let appendix = """
    .appendix{margin-top:6rem;padding-top:.5rem;border-top:2px solid var(--ink);font-size:.9688rem}
    .appendix>h2{margin-top:2rem}
    .glossary{margin:0}
    .glossary div{display:grid;grid-template-columns:11rem minmax(0,1fr);column-gap:1.6rem;padding:.55rem 0;\
    border-top:1px solid var(--rule)}
    .glossary dt{font-weight:600}
    .glossary dd{margin:0}
    .signs div{grid-template-columns:4rem minmax(0,1fr)}
    .origins{list-style:none;padding:0;margin:0}
    .origins li{padding:.9rem 0;border-top:1px solid var(--rule)}
    .origins p{margin:0 0 .25rem}
    .origins .chip{margin-right:.4rem}
    .origins li:target{background:var(--note);box-shadow:0 0 0 .8rem var(--note);border-radius:1px}
    .parts{color:var(--soft);font-size:.9062rem}
    .fingerprints{font-size:.875rem}
    .fingerprints dt{font-weight:400}
    .fingerprints dd{overflow-wrap:anywhere}
    footer{margin-top:4rem;padding-top:1.1rem;border-top:1px solid var(--rule);color:var(--soft);font-size:.9062rem}
    """

  private static let narrow = """
    @media screen and (max-width:52em){
    .chart.wide{display:none}
    .chart.narrow{display:block;max-width:30rem}
    }
    @media screen and (max-width:40em){
    :root{--gap:1rem}
    html{font-size:100%}
    h1,h2,h3{hyphens:auto;hyphenate-limit-chars:12 5 5}
    h2{font-size:1.5rem;margin-top:3.5rem}
    .lede{font-size:1.2rem}
    .facts{gap:.8rem 2rem}
    .keys ol,.keys li,.keys li p{display:block}
    .keys .value{display:block;text-align:left;margin-bottom:.2rem}
    figure{margin-inline:calc(-1*var(--gap));padding:1.4rem var(--gap) .8rem;border-inline:0;border-radius:0}
    .caveat{padding:1rem 1.1rem 1.1rem}
    table{font-size:.9rem}
    th,td{padding-left:.7rem}
    .glossary div{display:block}
    .signs div{display:grid}
    }
    """

  private static let paper = """
    @page{size:A4;margin:19mm 17mm 20mm}
    @media print{
    :root{color-scheme:light}
    html{font-size:10.5pt;line-height:1.5;background:none}
    body{max-width:none;padding:0}
    header{padding-top:0}
    h1{font-size:32pt}
    .skip,.translation,.contents{display:none}
    h1,h2,h3,figcaption,summary,caption,thead{break-after:avoid}
    .chart,.caveat,.keys li,tr,.glossary div,.origins li{break-inside:avoid}
    .chart.wide{display:block}
    .chart.narrow{display:none}
    figcaption,.source,.chart{break-before:avoid}
    figure{padding:1.2rem 0 0;border:0;border-top:1px solid var(--rule);border-radius:0;background:none}
    .caveat,.chart,.skip{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    p,li{orphans:3;widows:3}
    a{color:inherit;text-decoration:none}
    details::details-content{display:block;content-visibility:visible;block-size:auto;opacity:1}
    summary{list-style:none;color:var(--soft);font-size:9.5pt;padding:.3rem 0}
    summary::-webkit-details-marker{display:none}
    .scroll{overflow:visible}
    table{font-size:9pt}
    th,td{padding-top:.3rem;padding-bottom:.3rem}
    .block{break-inside:avoid}
    h2{margin-top:2.2rem}
    thead{display:table-header-group}
    .appendix{break-before:page;border-top:0;margin-top:0}
    }
    """
}
