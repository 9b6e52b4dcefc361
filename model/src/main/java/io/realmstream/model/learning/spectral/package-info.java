/**
 * Heads without a gradient: the mean and the covariance of a corpus give a projection that centres
 * and partly whitens.
 */
@NullMarked
package io.realmstream.model.learning.spectral;

import org.jspecify.annotations.NullMarked;
