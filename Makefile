# The targets are thin: what they do is in tools/.
.DEFAULT_GOAL := build
.PHONY: build test demo check lab ipvs time interop equality sim bench fmt fuzz golden keywords dist clean help

build: ## compile and package what ./holdfast runs
	@tools/build

test: ## everything that continuous integration runs
	@tools/test

demo: ## watch a failover between hosts in namespaces, in less than a minute
	@tools/demo

check: ## format, lints and the fast tests: run it before each commit
	@tools/test format unit

lab: ## real daemons in network namespaces, and beside others in virtual time (needs root)
	@tools/test lab time

ipvs: ## real daemons under a kernel with IPVS
	@tools/test ipvs

time: ## hours of VRRP in virtual time, and the interoperation matrices
	@tools/test time

interop: ## play the interoperation matrices, and write docs/interoperability.md
	@tools/interop

equality: ## compare what IPVS holds with keepalived, and write docs/ipvs-equality.md
	@tools/equality

sim: ## clusters, pools and BFD sessions in virtual time; SEEDS=100000
	@SEEDS=$(or $(SEEDS),100000) tools/test sim

bench: ## measure beside keepalived, and write docs/benchmarks.md (needs root)
	@tools/bench

fmt: ## format the source
	@tools/mvn -B -ntp -q spotless:apply

fuzz: ## the fuzz tests for longer; INPUTS=2000000
	@tools/mvn -B -ntp test -Dtest='*FuzzTest' -Dsurefire.failIfNoSpecifiedTests=false \
		-Dholdfast.fuzz=$(or $(INPUTS),2000000) | grep -E 'Tests run|ERROR|BUILD'

golden: ## rewrite the expected files of the golden tests; review the difference
	@tools/mvn -B -ntp test -Dgolden=update -Dmaven.test.failure.ignore=true \
		| grep -E 'Tests run:.*Fail|ERROR|BUILD'; git --no-pager diff --stat

keywords: ## how much of the configuration language is done
	@tools/keywords

dist: ## the self-contained installation, as build/dist/*.tar.gz
	@tools/dist

clean: ## remove everything that was built
	@rm -rf build target */target

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20
