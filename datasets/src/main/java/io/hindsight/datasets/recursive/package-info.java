/** What a network reads at later steps whose values are its own answers. */
package io.hindsight.datasets.recursive;
