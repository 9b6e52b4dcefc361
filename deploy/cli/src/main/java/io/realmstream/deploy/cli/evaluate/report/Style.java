package io.realmstream.deploy.cli.evaluate.report;

/** How the pages look. */
public final class Style {
  public static final String TEXT =
      """

      body { font: 16px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff;
             max-width: 1140px; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.6rem; margin-bottom: .25rem; overflow-wrap: anywhere; }
      h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid #d1d9e0; }
      h3 { font-size: 1rem; margin: 0 0 .25rem; }
      p { margin: .25rem 0; }
      small, .note { color: #59636e; font-size: .875rem; }
      table { border-collapse: collapse; margin: .75rem 0; display: block; overflow-x: auto; }
      th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid #eaeef2; }
      th:first-child, td:first-child { text-align: left; padding-left: 0; }
      td.digest { font: .8rem ui-monospace, monospace; text-align: left; }
      .figures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.25rem 0; }
      .figures div { border: 1px solid #d1d9e0; border-radius: 6px; padding: .5rem 1rem; }
      .figures b { display: block; font-size: 1.5rem; }
      .charts { display: flex; flex-wrap: wrap; gap: 1.5rem; }
      figure { margin: 0; }
      figcaption { font-weight: 600; }
      img { display: block; max-width: 100%; height: auto; }
      article { border: 1px solid #d1d9e0; border-radius: 6px; padding: .75rem 1rem;
                margin: .75rem 0; overflow-wrap: anywhere; }
      mark { background: #fff3c4; }
      summary { cursor: pointer; color: #0550ae; }
      nav { margin: 1rem 0; }
      nav a { margin-right: .25rem; }
      """;

  private Style() {}
}
