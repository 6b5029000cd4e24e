// Evaluates the ValidatingAdmissionPolicies of a file on a pod with cel-go, as the API server does
// (variables evaluated at first use, costs tracked), and prints nanoseconds for one round.
//
//	go run . POLICIES.json POD.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/ext"
	"k8s.io/apiserver/pkg/cel/lazy"
)

type named struct{ Name, Expression string }

type policy struct {
	Spec struct {
		Variables   []named
		Validations []named
	}
}

type compiled struct {
	variables   []cel.Program
	names       []string
	validations []cel.Program
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, "cel-go:", err)
		os.Exit(2)
	}
	return value
}

func read(path string, into any) {
	must(0, json.Unmarshal(must(os.ReadFile(path)), into))
}

func program(env *cel.Env, expression string) cel.Program {
	ast, issues := env.Compile(expression)
	if issues.Err() != nil {
		must(0, issues.Err())
	}
	return must(env.Program(ast, cel.EvalOptions(cel.OptOptimize, cel.OptTrackCost),
		cel.InterruptCheckFrequency(100)))
}

func compile(env *cel.Env, p policy) compiled {
	var c compiled
	for _, v := range p.Spec.Variables {
		c.names = append(c.names, v.Name)
		c.variables = append(c.variables, program(env, v.Expression))
	}
	for _, v := range p.Spec.Validations {
		c.validations = append(c.validations, program(env, v.Expression))
	}
	return c
}

// judge returns how many validations are violated.
func (c compiled) judge(object any) int {
	activation := map[string]any{"object": object}
	variables := lazy.NewMapValue(types.NewMapType(types.StringType, types.DynType))
	for i, name := range c.names {
		variables.Append(name, func(*lazy.MapValue) ref.Val {
			value, _, err := c.variables[i].Eval(activation)
			if err != nil {
				return types.WrapErr(err)
			}
			return value
		})
	}
	activation["variables"] = variables
	violated := 0
	for _, validation := range c.validations {
		value, _, err := validation.Eval(activation)
		if err != nil || value != types.True {
			violated++
		}
	}
	return violated
}

func main() {
	var policies []policy
	read(os.Args[1], &policies)
	var object map[string]any
	read(os.Args[2], &object)
	env := must(cel.NewEnv(cel.Variable("object", cel.DynType), cel.Variable("variables", cel.DynType),
		ext.Strings(), ext.Lists(), ext.Sets(), cel.OptionalTypes()))

	started := time.Now()
	var all []compiled
	for _, p := range policies {
		all = append(all, compile(env, p))
	}
	compileTime := time.Since(started)

	best, violated := time.Hour, 0
	for round := 0; round < 20; round++ {
		const n = 200
		started := time.Now()
		for i := 0; i < n; i++ {
			violated = 0
			for _, c := range all {
				violated += c.judge(object)
			}
		}
		best = min(best, time.Since(started)/n)
	}
	fmt.Printf("{\"engine\":\"cel-go\",\"policies\":%d,\"violated\":%d,\"compile_ns\":%d,\"evaluate_ns\":%d}\n",
		len(all), violated, compileTime.Nanoseconds(), best.Nanoseconds())
}
