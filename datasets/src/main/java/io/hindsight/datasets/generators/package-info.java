/**
 * The synthetic tasks of the literature on recurrent networks, each a pure function of seed and
 * index.
 */
package io.hindsight.datasets.generators;
