/** The commands that change and show a registry of models. */
package io.hindsight.submit.registry;
