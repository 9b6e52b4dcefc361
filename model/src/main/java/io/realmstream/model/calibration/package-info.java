/**
 * Fitting what a checkpoint says of its answers: score scale, reader temperature and the thresholds
 * of "no answer".
 */
@NullMarked
package io.realmstream.model.calibration;

import org.jspecify.annotations.NullMarked;
