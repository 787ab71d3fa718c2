/** What a loss can be told beyond its name. */
package io.hindsight.kernels.network.output;
