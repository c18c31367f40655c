/** What a person runs: the command line, in one package a command. */
package org.retinaspark.job;
