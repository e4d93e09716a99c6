// SPDX-License-Identifier: Apache-2.0

// Command cdi-library shows what the official CDI library makes of folders with CDI files. It prints
// JSON, one object a line.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

type command struct {
	arguments string
	least     int // arguments that it must have
	run       func(words []string) error
}

var commands = map[string]command{
	"read":   {"FOLDER…", 1, read},
	"follow": {"FOLDER…", 1, follow},
	"reread": {"FOLDER DEVICE…", 2, reread},
	"apply":  {"OCI-SPEC FOLDER DEVICE…", 3, apply},
}

func usage() string {
	names := []string{}
	for name, c := range commands {
		names = append(names, "cdi-library "+name+" "+c.arguments)
	}
	slices.Sort(names)
	return "usage: " + strings.Join(names, "\n       ")
}

func run(words []string) error {
	if len(words) == 0 {
		return fmt.Errorf("%s", usage())
	}
	c, known := commands[words[0]]
	if !known || len(words)-1 < c.least {
		return fmt.Errorf("%s", usage())
	}
	return c.run(words[1:])
}

func print(value any) error {
	return json.NewEncoder(os.Stdout).Encode(value)
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "cdi-library:", err)
		os.Exit(1)
	}
}
