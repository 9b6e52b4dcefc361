package io.realmstream.deploy.bench;

import io.realmstream.deploy.cli.Realm;

/** The {@code realm} command with its benchmarks, which run from a clone of the project alone. */
public final class RealmBench {
  private RealmBench() {}

  public static void main(String[] arguments) {
    Realm.run(Realm.commandLine(new BenchCommand()), arguments);
  }
}
