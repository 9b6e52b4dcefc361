package io.realmstream.deploy.cli.serve.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.serve.HttpDoor;
import io.realmstream.deploy.json.Json;
import java.time.Duration;
import java.util.List;

/**
 * Texts that would run scripts, load files, change the layout or overflow if a page did not take
 * them as text.
 */
final class HostileTexts {
  private static final List<String> ATTACKS =
      List.of(
          "<script>window.harmed = 1</script>",
          "<img src=x onerror=window.harmed=1>",
          "<svg onload=window.harmed=1>",
          "\"><script>window.harmed=1</script>",
          "' onmouseover='window.harmed=1",
          "<iframe srcdoc='<script>parent.harmed=1</script>'>",
          "<a href='javascript:window.harmed=1'>press</a>",
          "javascript:window.harmed=1",
          "JavaScript://%0awindow.harmed=1",
          " \tjavascript:window.harmed=1",
          "data:text/html,<script>parent.harmed=1</script>",
          "https://somebody@evil.example/",
          "https://somebody:secret@evil.example/",
          "http://evil.example/",
          "//evil.example/",
          "<base href=https://evil.example/>",
          "<meta http-equiv=refresh content=0;url=https://evil.example/>",
          "<link rel=stylesheet href=https://evil.example/a.css>",
          "<style>body{display:none}</style>",
          "<form action=https://evil.example><button>go</button></form>",
          "<details open ontoggle=window.harmed=1>",
          "<math><mtext></mtext><script>window.harmed=1</script></math>",
          "<template><img src=x onerror=window.harmed=1></template>",
          "{{constructor.constructor('window.harmed=1')()}}",
          "${window.harmed=1}",
          "-->]]><!--<script>window.harmed=1</script>",
          "&lt;script&gt;window.harmed=1&lt;/script&gt;",
          "\\u003cscript\\u003ewindow.harmed=1\\u003c/script\\u003e",
          "\u202egnirts a turned\u202d",
          "\u2066\u2067\u2068 isolates without an end",
          "\u200f\u200e\u061c marks",
          "\u0000\u0001\u001b[31m\u0007 controls\u009b31m",
          "\ud800 half",
          "half \udc00",
          "\udfff\ud800 swapped",
          "\ufeff\u2028\u2029 lines",
          "e" + "\u0301".repeat(200),
          "x".repeat(400),
          "\ud83d\ude00".repeat(100),
          "__proto__",
          "constructor",
          "../../../v1/status?x=#y",
          "%2e%2e%2f%00%ff",
          "a/b?c=d&e#f;g",
          "id: 1\nevent: gap\ndata: {}\n\n",
          "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
          "null",
          "'; DROP TABLE documents; --",
          "$(touch harmed) `touch harmed`",
          "'\\''");

  private HostileTexts() {}

  /** Fifty texts; each is used in four places. */
  static List<String> all() {
    return ATTACKS;
  }

  /** Gives a door each as id, title and text; an id that is too long is refused. */
  static void post(HttpDoor door) throws Exception {
    for (String text : ATTACKS) {
      ObjectNode edit = Json.MAPPER.createObjectNode();
      edit.put("id", text).put("title", text);
      edit.put("text", "The zorblax says " + text + " at noon.");
      assertThat(door.post("/v1/documents", Json.line(edit)).statusCode()).as(text).isIn(202, 400);
    }
  }

  /** Asks the page for each. */
  static void ask(Browser browser) {
    for (String text : ATTACKS) {
      browser.put("#question", "What does the zorblax say of " + text);
      browser.script("document.querySelector('#answer').replaceChildren()");
      browser.click("#ask button[type=submit]");
      await("an answer of " + text)
          .atMost(Duration.ofMinutes(1))
          .until(() -> !browser.text("#answer").isEmpty());
      assertHarmless(browser, text);
    }
  }

  /** Asks for as many as one answer may quote, and opens all. */
  static void showAll(Browser browser) {
    browser.put("#question", "What does the zorblax say at noon?");
    browser.put("#k", "60");
    browser.click("#ask button[type=submit]");
    browser.awaitText("#answer .passages", "<script>window.harmed = 1</script>");
    browser.script(
        "document.querySelectorAll('#answer details').forEach((d) => { d.open = true; })");
    assertHarmless(browser, "all of them");
  }

  /** Asks for more than anybody may, in such words. */
  static void beRefused(Browser browser) {
    browser.put("#question", "<img src=x onerror=window.harmed=1>");
    browser.put("#k", "100000");
    browser.script("document.querySelector('#ask').noValidate = true");
    browser.click("#ask button[type=submit]");
    browser.awaitText("#answer .failure", "k");
    assertHarmless(browser, "a refusal");
  }

  /** Nothing of them has run, was drawn or is linked to. */
  static void assertHarmless(Browser browser, String what) {
    assertThat(
            browser.script(
                """
                const links = [...document.querySelectorAll('a')].map((a) => a.href);
                return String([
                  window.harmed,
                  document.scripts.length,
                  document.querySelectorAll('main img, aside img, iframe, base, main svg, style,'
                      + ' main form form, template, math, object, embed').length,
                  links.filter((href) => !href.startsWith(location.origin + '/')).length,
                  document.querySelectorAll('[style*=expression]').length]);
                """))
        .as(what)
        .isEqualTo(",1,0,0,0");
  }
}
