/**
 * Reading of files that others wrote: compressed ones, their lines, and bounds on how much is held
 * in memory.
 */
@NullMarked
package io.realmstream.deploy.files;

import org.jspecify.annotations.NullMarked;
