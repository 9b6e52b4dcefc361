package io.realmstream.deploy.bench;

import io.realmstream.deploy.cli.Realm;
import java.io.StringWriter;

/**
 * One run of {@code realm bench} inside this process.
 *
 * @param out what it printed on stdout
 * @param err what it printed on stderr
 */
public record BenchRun(int exitCode, String out, String err) {
  public static BenchRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Realm.execute(Realm.commandLine(new BenchCommand()), out, err, arguments);
    return new BenchRun(exitCode, out.toString(), err.toString());
  }
}
