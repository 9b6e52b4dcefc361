package io.realmstream.deploy.cli.learn.experiment;

import io.realmstream.deploy.cli.CommandFailure;

/**
 * What an arm of an experiment does with the document side.
 *
 * @param name as on the command line
 * @param frozen the document head does not learn
 * @param refreshSteps the index is projected again after so many steps; 0 = never
 */
record Arm(String name, boolean frozen, int refreshSteps) {

  /** The arm of that name; throws {@link CommandFailure} USAGE if there is none. */
  static Arm of(String name) {
    if (name.equals("frozen")) {
      return new Arm(name, true, 0);
    }
    if (name.equals("never")) {
      return new Arm(name, false, 0);
    }
    if (name.matches("[1-9][0-9]{0,8}")) {
      return new Arm(name, false, Integer.parseInt(name));
    }
    throw CommandFailure.usage(
        "--arms: frozen, never or a number of steps between refreshes, not '" + name + "'");
  }
}
