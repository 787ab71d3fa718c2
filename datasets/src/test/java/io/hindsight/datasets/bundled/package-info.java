/** Programs that made the bundled data, and what can be foretold of it without a network. */
package io.hindsight.datasets.bundled;
