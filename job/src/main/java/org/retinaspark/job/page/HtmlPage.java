package org.retinaspark.job.page;

/** How every page of a report begins and ends, and text in it. */
public final class HtmlPage {

  /** The end of each page. */
  public static final String END = "</html>";

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}
      table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{padding:.2rem .8rem;border-bottom:1px solid #ddd;text-align:right}
      td:first-child,th:first-child{text-align:left;white-space:pre}small{color:#666}
      .summary td{font-size:1.6rem;border:0}.summary th{border:0;padding-bottom:0}
      .bars td+td{min-width:9rem;background:linear-gradient(90deg,#cfe3f2 calc(var(--ap)*1%),transparent 0) no-repeat}
      .plots{display:flex;flex-wrap:wrap;gap:1rem}.plots svg{max-width:100%;height:auto}
      .bars td+td{border-left:.5rem solid #fff}figcaption{overflow-wrap:anywhere}
      figure{display:inline-block;width:30rem;max-width:100%;margin:0 1rem 1rem 0}
      summary{cursor:pointer;font-weight:bold;margin:.5rem 0}
      pre{background:#f6f6f6;padding:1rem;overflow:auto}.warning{color:#a01a1a}
      """;

  private HtmlPage() {}

  /** The beginning of a page, with the one style of all. */
  public static String begin(String title) {
    return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width\">"
        + "<title>%s</title><style>".formatted(escape(title))
        + STYLE
        + "</style>";
  }

  /** Text as it stands in elements and in quoted attributes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
