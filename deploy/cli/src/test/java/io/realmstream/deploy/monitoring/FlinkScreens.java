package io.realmstream.deploy.monitoring;

import io.realmstream.deploy.cli.serve.page.Browser;
import java.io.IOException;
import java.util.List;

/** Flink's dashboard in a browser; each screen is saved where {@code realm.screenshots} says. */
public final class FlinkScreens implements AutoCloseable {
  private final Browser browser = Browser.open();
  private final String dashboard;

  public FlinkScreens(String dashboard) {
    this.dashboard = dashboard;
  }

  /** The jobs, since when they run, and the states of their tasks. */
  public void jobs() throws IOException {
    open("/job/running", 340, "KnowledgeRetriever");
    browser.screenshot("flink-jobs");
  }

  /** The tasks, with how busy and how much held back each is. */
  public void graph(String name, String job) throws IOException {
    open("/job/running/" + job + "/overview", 1000, job);
    browser.awaitTrue("/Busy \\(max\\): \\d/.test(document.body.textContent)");
    browser.screenshot("flink-" + name);
  }

  /** A task's metrics, each by its name behind the number of the subtask; of the first subtask. */
  public void metrics(String name, String job, String task, List<String> metrics)
      throws IOException {
    open("/job/running/" + job + "/overview/" + task + "/metrics", 700, job);
    // the page asks for more than the 250 answers that a browser remembers
    browser.script("performance.setResourceTimingBufferSize(100000)");
    for (String metric : metrics) {
      browser.click("nz-select");
      browser.keys("0." + metric);
      browser.click("nz-option-item[title='0." + metric + "']");
    }
    // the page draws what it has asked for since it was opened
    browser.awaitTrue(
        "performance.getEntriesByType('resource')"
            + ".filter(asked => asked.name.includes('metrics?get=0.')).length > 4");
    browser.screenshot("flink-" + name);
  }

  public void checkpoints(String job) throws IOException {
    open("/job/running/" + job + "/checkpoints", 700, "Latest Completed Checkpoint");
    browser.screenshot("flink-checkpoints");
  }

  /** Loads a page anew, with the menu folded, and waits for a text. */
  private void open(String path, int height, String text) {
    browser.look(1400, height, "light");
    browser.go("about:blank");
    browser.go(dashboard + "/#" + path);
    browser.awaitText("body", text);
    browser.click(".ant-layout-header .anticon");
  }

  @Override
  public void close() {
    browser.close();
  }
}
